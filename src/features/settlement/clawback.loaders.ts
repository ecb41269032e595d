import { sql } from 'kysely';
import { isMember, isOperator, partyIds } from '../../graphql/actor.ts';
import { keyColumns, manyByKey, select } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';

export type ClawbackState = 'WAITING' | 'TAKEN' | 'OFFSET' | 'WRITTEN_OFF';

/** A clawback as it stands in its table: what one payee owes for one refund of one settled line. */
export interface ClawbackRow {
  readonly id: string;
  readonly brandId: string;
  readonly lineId: string;
  readonly stepNo: number;
  readonly payeeId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly takenMinor: bigint;
  readonly offsetMinor: bigint;
  readonly writtenOffMinor: bigint;
  readonly state: ClawbackState;
  readonly reason: string | null;
  readonly postedAt: Date;
  readonly closedAt: Date | null;
}

export const CLAWBACK_COLUMNS = [
  'id',
  'brandId',
  'lineId',
  'stepNo',
  'payeeId',
  'currency',
  'amountMinor',
  'takenMinor',
  'offsetMinor',
  'writtenOffMinor',
  'state',
  'reason',
  'postedAt',
  'closedAt',
] as const;

export const clawbackById = rowById<ClawbackRow>({
  name: 'clawbackById',
  table: 'clawback',
  columns: CLAWBACK_COLUMNS,
});

/** What a payee has had to give back, newest first. */
export const clawbacksOfPayee = newestOf<ClawbackRow>({
  name: 'clawbacksOfPayee',
  table: 'clawback',
  key: 'payeeId',
  columns: CLAWBACK_COLUMNS,
});

/** The clawbacks of lines, as far as the caller may see them: the brand and operators all, a payee its own. */
export const clawbacksOfLine = manyByKey<ClawbackRow>({
  name: 'clawbacksOfLine',
  columns: CLAWBACK_COLUMNS,
  read: async (keys, { sql: db, actor }) => {
    const [brands = [], lines = []] = keyColumns(keys, 2);
    const all = brands.map((brandId) => isOperator(actor) || isMember(actor, brandId));
    return db.rows(sql<ClawbackRow>`
      select ${select('t', CLAWBACK_COLUMNS)}
      from unnest(${brands}::uuid[], ${lines}::uuid[], ${all}::boolean[]) k (brand_id, line_id, sees_all)
      join clawback t using (brand_id, line_id)
      where k.sees_all or t.payee_id = any(${partyIds(actor)}::uuid[])
      order by t.step_no, t.id`);
  },
  keyOf: ({ brandId, lineId }) => [brandId, lineId],
});

/** One act by which a clawback came back or was given up. */
export interface RecoveryRow {
  readonly clawbackId: string;
  readonly no: number;
  readonly kind: 'TAKEN' | 'OFFSET' | 'WRITTEN_OFF';
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly postedAt: Date;
}

/** How clawbacks came back, in order. */
export const recoveriesOfClawback = manyByKey<RecoveryRow>({
  name: 'recoveriesOfClawback',
  columns: ['clawbackId', 'no', 'kind', 'amountMinor', 'currency', 'postedAt'],
  read: (ids, { sql: db }) =>
    db.rows(sql<RecoveryRow>`
      select r.clawback_id as "clawbackId", r.no, r.kind, r.amount_minor as "amountMinor", c.currency,
        r.posted_at as "postedAt"
      from clawback_recovery r join clawback c on c.id = r.clawback_id
      where r.clawback_id = any(${ids}::uuid[]) order by r.clawback_id, r.no`),
  keyOf: ({ clawbackId }) => clawbackId,
});
