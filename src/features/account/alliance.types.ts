import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { oneByKey } from '../../graphql/loaders.ts';
import { CurrencyCode } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';

/** The alliance as it is read: with the name of its party. */
export interface ReadAlliance {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
}

export const allianceById = oneByKey<ReadAlliance>({
  name: 'allianceById',
  columns: ['id', 'name', 'timeZone', 'currency'],
  read: (ids, { sql: db }) =>
    db.rows(sql<ReadAlliance>`
      select t.id, p.name, t.time_zone as "timeZone", t.currency
      from alliance t join party p using (id) where t.id = any(${ids}::uuid[])`),
  keyOf: ({ id }) => id,
});

@Access(signedIn)
@ObjectType({
  implements: Node,
  description: 'The alliance itself 联盟: it runs the market and keeps the ledger.',
})
export class Alliance extends Node implements Pick<ReadAlliance, 'name' | 'timeZone'> {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, {
    description: 'Its time zone by the IANA: its midnights are those of plans and days.',
  })
  timeZone!: string;

  @Field(() => CurrencyCode, { description: 'The currency that new brands get.' })
  currency!: string;
}

nodeType(Alliance, allianceById);
