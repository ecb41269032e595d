import { sql } from 'kysely';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { manyByKey, oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type { PayoutMethodKind } from './payout-method.ts';
import {
  BATCH_COLUMNS,
  PAYOUT_COLUMNS,
  type PayoutAnswerRow,
  type PayoutBatchRow,
  type PayoutCorrectionRow,
  type PayoutRow,
} from './payout-rows.ts';

export const payoutById = rowById<PayoutRow>({
  name: 'payoutById',
  table: 'payout',
  columns: PAYOUT_COLUMNS,
});

/** The payouts of a payee, newest first. */
export const payoutsOfPayee = newestOf<PayoutRow>({
  name: 'payoutsOfPayee',
  table: 'payout',
  key: 'payeeId',
  columns: PAYOUT_COLUMNS,
});

/** The payouts in a file, in its order. */
export const payoutsOfBatch = pageByKey<PayoutRow>({
  name: 'payoutsOfBatch',
  columns: PAYOUT_COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
    return db.rows(sql<PayoutRow>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${select('t', PAYOUT_COLUMNS)} from payout t
        where t.batch_id = k.id and ${where} order by ${order} ${limitOf(page)}) r
      order by r.id`);
  },
  keyOf: ({ batchId }) => batchId ?? '',
  cursorOf: ({ id }) => [id],
});

export const batchById = rowById<PayoutBatchRow>({
  name: 'batchById',
  table: 'payout_batch',
  columns: BATCH_COLUMNS,
});

/** The text of files. */
export const fileOfBatch = oneByKey<{ readonly id: string; readonly xml: string }>({
  name: 'fileOfBatch',
  columns: ['id', 'xml'],
  read: (ids, { sql: db }) =>
    db.rows(
      sql<{ id: string; xml: string }>`select id, xml from payout_batch where id = any(${ids}::uuid[])`,
    ),
  keyOf: ({ id }) => id,
});

/** What may be shown of an account: never the whole number. */
export interface ReadMethod {
  readonly id: string;
  readonly partyId: string;
  readonly kind: PayoutMethodKind;
  readonly holder: string;
  readonly country: string;
  readonly lastFour: string;
  readonly setAt: Date;
  readonly retiredAt: Date | null;
}

const METHOD_COLUMNS = ['id', 'partyId', 'kind', 'holder', 'country', 'setAt', 'retiredAt'] as const;
const SHOWN = sql`${select('t', METHOD_COLUMNS)}, right(t.account_number, 4) as "lastFour"`;

export const methodById = rowById<ReadMethod>({
  name: 'methodById',
  table: 'payout_method',
  columns: METHOD_COLUMNS,
  shown: SHOWN,
});

/** The account that parties are paid to now. */
export const methodOfParty = oneByKey<ReadMethod>({
  name: 'methodOfParty',
  columns: METHOD_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(sql<ReadMethod>`
      select ${SHOWN} from payout_method t where t.party_id = any(${ids}::uuid[]) and t.retired_at is null`),
  keyOf: ({ partyId }) => partyId,
});

/** What was said of payouts, in the order in which it came. */
export const answersOfPayout = pageByKey<PayoutAnswerRow>({
  name: 'answersOfPayout',
  columns: ['payoutId', 'no', 'source', 'said', 'code', 'detail', 'effect', 'receivedAt'],
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`t.no`, type: 'int' }], 'asc', page);
    return db.rows(sql<PayoutAnswerRow>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (
        select ${select('t', ['payoutId', 'no', 'source', 'said', 'code', 'detail', 'effect', 'receivedAt'])}
        from payout_answer t where t.payout_id = k.id and ${where} order by ${order} ${limitOf(page)}) r
      order by r.no`);
  },
  keyOf: ({ payoutId }) => payoutId,
  cursorOf: ({ no }) => [no],
});

/** What operators have decided of payouts: there are never many. */
export const correctionsOfPayout = manyByKey<PayoutCorrectionRow>({
  name: 'correctionsOfPayout',
  columns: ['payoutId', 'no', 'toState', 'reason', 'correctedAt'],
  read: (ids, { sql: db }) =>
    db.rows(sql<PayoutCorrectionRow>`
      select ${select('t', ['payoutId', 'no', 'toState', 'reason', 'correctedAt'])} from payout_correction t
      where t.payout_id = any(${ids}::uuid[]) order by t.payout_id, t.no`),
  keyOf: ({ payoutId }) => payoutId,
});
