import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { Sql, Tx } from '../../db/database.ts';
import { inMonthsOf } from '../../db/months.ts';
import { findAlliance } from '../account/index.ts';
import type { LineChange, LineStep } from '../order/index.ts';
import { buildForest, type RoledNode } from './build-forest.ts';
import { refundDifference } from './refund-difference.ts';
import { divide } from './waterfall.ts';

/** A line's forest with what has been posted for each node, and what these steps post. */
interface Posting {
  readonly brandId: string;
  readonly lineId: string;
  readonly currency: string;
  readonly placedAt: Date;
  readonly isNew: boolean;
  readonly nodes: readonly RoledNode[];
  readonly grossMinor: readonly bigint[];
  readonly netMinor: readonly bigint[];
  readonly steps: readonly (LineStep & { readonly stepNo: number; readonly entries: readonly bigint[] })[];
}

/**
 * Posts the commission of changed lines: each step divides the base that is left afresh, and what is posted is the
 * difference to what was posted before. A fixed number of statements, however many lines. Gives the steps of the lines
 * that are settled, which are to be posted to the ledger in the same transaction.
 */
export async function postCommission(
  tx: Tx,
  changes: readonly LineChange[],
  now: Date,
  isSettled: (lineId: string) => boolean,
): Promise<SettledStep[]> {
  const attributed = changes.filter(({ line }) => line.creatorId !== null);
  const placed = attributed.filter(({ placed: terms }) => terms !== undefined);
  const moved = attributed.filter((change) => change.placed === undefined && change.steps.length > 0);
  const alliance = placed.length === 0 ? undefined : await findAlliance(tx);
  const posted = await readNodes(tx, moved);
  const postings = [
    ...placed.map((change) => postingOf(change, newNodes(change, alliance?.id ?? ''))),
    ...moved.map((change) => postingOf(change, posted.get(change.line.id) ?? NO_NODES)),
  ];
  await insertNodes(
    tx,
    postings.filter(({ isNew }) => isNew),
  );
  await updateNodes(
    tx,
    postings.filter(({ isNew }) => !isNew),
  );
  await insertSteps(tx, postings, now, isSettled);
  await insertEntries(tx, postings);
  return postings.filter(({ lineId }) => isSettled(lineId)).flatMap(toSettledSteps);
}

/** A step of a line that had been settled before, with what it posted for each payee. */
export interface SettledStep {
  readonly brandId: string;
  readonly lineId: string;
  readonly stepNo: number;
  readonly occurredAt: Date;
  readonly currency: string;
  /** The ledger transaction that it is posted by. */
  readonly transactionId: string;
  /** By payee, minor units: below zero for what is taken back. A payee may stand in a line more than once. */
  readonly netMinor: ReadonlyMap<string, bigint>;
}

function toSettledSteps({ brandId, lineId, currency, nodes, steps }: Posting): SettledStep[] {
  return steps.map(({ stepNo, occurredAt, entries }) => {
    const netMinor = new Map<string, bigint>();
    for (const { nodeNo, payeeId } of nodes)
      netMinor.set(payeeId, (netMinor.get(payeeId) ?? 0n) + (entries[nodeNo] ?? 0n));
    const transactionId = transactionOfStep(lineId, stepNo);
    return { brandId, lineId, stepNo, occurredAt, currency, transactionId, netMinor };
  });
}

/** A fixed namespace: the same step has the same transaction, however often it is posted. */
const STEPS = '0f6ec5ab-5f0d-5d3e-9f6e-2a3f1c7b8d90';
const transactionOfStep = (lineId: string, stepNo: number): string => v5(`${lineId}/${stepNo}`, STEPS);

interface PostedNodes {
  readonly nodes: readonly RoledNode[];
  readonly netMinor: readonly bigint[];
}

const NO_NODES: PostedNodes = { nodes: [], netMinor: [] };

function newNodes({ placed }: LineChange, allianceId: string): PostedNodes {
  const nodes = placed === undefined ? [] : buildForest(placed, allianceId);
  return { nodes, netMinor: nodes.map(() => 0n) };
}

/** Works out what each step posts. Pure. */
function postingOf(
  { line, placed, stepsBefore, steps }: LineChange,
  { nodes, netMinor }: PostedNodes,
): Posting {
  let posted = netMinor;
  let grossMinor: readonly bigint[] = nodes.map(() => 0n);
  const numbered = steps.map((step, i) => {
    const target = divide(step.remainingBaseMinor, nodes);
    const entries = refundDifference(target.netMinor, posted);
    posted = target.netMinor;
    grossMinor = target.grossMinor;
    return { ...step, stepNo: stepsBefore + i + 1, entries };
  });
  return {
    brandId: line.brandId,
    lineId: line.id,
    currency: line.currency,
    placedAt: line.placedAt,
    isNew: placed !== undefined,
    nodes,
    grossMinor,
    netMinor: posted,
    steps: numbered,
  };
}

async function readNodes(tx: Sql, changes: readonly LineChange[]): Promise<Map<string, PostedNodes>> {
  if (changes.length === 0) return new Map();
  const rows = await tx.rows(sql<RoledNode & { lineId: string; netMinor: bigint }>`
    select n.line_id as "lineId", n.node_no as "nodeNo", n.parent_no as "parentNo", n.payee_id as "payeeId", n.role,
      n.rate_bp as "rateBp", n.applies_to as "of", n.net_minor as "netMinor"
    from unnest(${changes.map(({ line }) => line.brandId)}::uuid[], ${changes.map(({ line }) => line.id)}::uuid[])
      l (brand_id, line_id)
    join waterfall_node n using (brand_id, line_id)
    where ${inMonthsOf(
      sql`n.line_id`,
      changes.map(({ line }) => line.id),
    )}
    order by n.line_id, n.node_no`);
  const byLine = Map.groupBy(rows, ({ lineId }) => lineId);
  return new Map(
    [...byLine].map(([id, list]) => [id, { nodes: list, netMinor: list.map((row) => row.netMinor) }]),
  );
}

async function insertNodes(tx: Sql, postings: readonly Posting[]): Promise<void> {
  const rows = postings.flatMap((posting) => posting.nodes.map((node) => ({ posting, node })));
  if (rows.length === 0) return;
  await tx.rows(sql`
    insert into waterfall_node (brand_id, line_id, node_no, parent_no, payee_id, role, rate_bp, applies_to, gross_minor,
      net_minor, placed_at)
    select * from unnest(
      ${rows.map(({ posting }) => posting.brandId)}::uuid[],
      ${rows.map(({ posting }) => posting.lineId)}::uuid[],
      ${rows.map(({ node }) => node.nodeNo)}::smallint[],
      ${rows.map(({ node }) => node.parentNo)}::smallint[],
      ${rows.map(({ node }) => node.payeeId)}::uuid[],
      ${rows.map(({ node }) => node.role)}::text[],
      ${rows.map(({ node }) => node.rateBp)}::int[],
      ${rows.map(({ node }) => node.of)}::text[],
      ${rows.map(({ posting, node }) => posting.grossMinor[node.nodeNo])}::bigint[],
      ${rows.map(({ posting, node }) => posting.netMinor[node.nodeNo])}::bigint[],
      ${rows.map(({ posting }) => posting.placedAt)}::timestamptz[])`);
}

async function updateNodes(tx: Sql, postings: readonly Posting[]): Promise<void> {
  const rows = postings.flatMap((posting) => posting.nodes.map(({ nodeNo }) => ({ posting, nodeNo })));
  if (rows.length === 0) return;
  await tx.rows(sql`
    update waterfall_node n set gross_minor = v.gross_minor, net_minor = v.net_minor
    from unnest(
      ${rows.map(({ posting }) => posting.brandId)}::uuid[],
      ${rows.map(({ posting }) => posting.lineId)}::uuid[],
      ${rows.map(({ nodeNo }) => nodeNo)}::smallint[],
      ${rows.map(({ posting, nodeNo }) => posting.grossMinor[nodeNo])}::bigint[],
      ${rows.map(({ posting, nodeNo }) => posting.netMinor[nodeNo])}::bigint[]
    ) v (brand_id, line_id, node_no, gross_minor, net_minor)
    where n.brand_id = v.brand_id and n.line_id = v.line_id and n.node_no = v.node_no
      and ${inMonthsOf(
        sql`n.line_id`,
        rows.map(({ posting }) => posting.lineId),
      )}`);
}

async function insertSteps(
  tx: Sql,
  postings: readonly Posting[],
  now: Date,
  isSettled: (lineId: string) => boolean,
): Promise<void> {
  const rows = postings.flatMap((posting) => posting.steps.map((step) => ({ posting, step })));
  if (rows.length === 0) return;
  await tx.rows(sql`
    insert into commission_step (brand_id, line_id, step_no, kind, event_id, occurred_at, refunded_minor,
      refunded_quantity, remaining_base_minor, transaction_id, posted_at)
    select s.*, ${now} from unnest(
      ${rows.map(({ posting }) => posting.brandId)}::uuid[],
      ${rows.map(({ posting }) => posting.lineId)}::uuid[],
      ${rows.map(({ step }) => step.stepNo)}::int[],
      ${rows.map(({ step }) => step.kind)}::text[],
      ${rows.map(({ step }) => step.eventId)}::text[],
      ${rows.map(({ step }) => step.occurredAt)}::timestamptz[],
      ${rows.map(({ step }) => step.refundedMinor)}::bigint[],
      ${rows.map(({ step }) => step.refundedQuantity)}::bigint[],
      ${rows.map(({ step }) => step.remainingBaseMinor)}::bigint[],
      ${rows.map(({ posting: { lineId }, step }) => (isSettled(lineId) ? transactionOfStep(lineId, step.stepNo) : null))}::uuid[]
    ) s`);
}

/** One entry per node and step, also where nothing moves, so that each step can be read off by itself. */
async function insertEntries(tx: Sql, postings: readonly Posting[]): Promise<void> {
  const rows = postings.flatMap((posting) =>
    posting.steps.flatMap((step) =>
      posting.nodes.map(({ nodeNo, payeeId }) => ({
        posting,
        step,
        nodeNo,
        payeeId,
        netMinor: step.entries[nodeNo],
      })),
    ),
  );
  if (rows.length === 0) return;
  await tx.rows(sql`
    insert into commission_entry (brand_id, line_id, step_no, node_no, payee_id, net_minor)
    select * from unnest(
      ${rows.map(({ posting }) => posting.brandId)}::uuid[],
      ${rows.map(({ posting }) => posting.lineId)}::uuid[],
      ${rows.map(({ step }) => step.stepNo)}::int[],
      ${rows.map(({ nodeNo }) => nodeNo)}::smallint[],
      ${rows.map(({ payeeId }) => payeeId)}::uuid[],
      ${rows.map(({ netMinor }) => netMinor)}::bigint[])`);
}
