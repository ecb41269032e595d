import { type RawBuilder, sql } from 'kysely';

/** SQL: whether an order line, by the name it has in the statement, counts as sold: paid, and not called off before shipping. */
export const isSold = (line: string): RawBuilder<boolean> =>
  sql`${sql.id(line, 'paid_at')} is not null and ${sql.id(line, 'state')} <> 'CANCELLED'`;
