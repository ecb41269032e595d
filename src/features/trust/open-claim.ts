import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { lockOrderLines } from '../../db/locks.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal, type UserErrorValue, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isWebAddress } from '../../kernel/text.ts';
import { findAlliance } from '../account/index.ts';
import { type LineRow, lineKeyOf } from '../order/index.ts';
import type { ProtectionKind } from '../product/index.ts';
import { openCase } from '../settlement/index.ts';
import { mostOf } from './claim-amounts.ts';
import { protectionsOf } from './line-protections.ts';
import { readCover } from './read-cover.ts';
import { type TrustRules, trustPolicies, trustPolicyAt } from './trust-policy.ts';

export interface NewClaim {
  readonly id?: string;
  readonly kind: ProtectionKind;
  readonly amountMinor: bigint;
  /** What the buyer says, and where what the buyer shows is to be found: https addresses. */
  readonly statement: string;
  readonly evidenceUrls: readonly string[];
  readonly openedBy: string;
}

type ClaimedLine = Pick<
  LineRow,
  | 'brandId'
  | 'id'
  | 'sourceId'
  | 'orderNo'
  | 'lineNo'
  | 'productId'
  | 'creatorId'
  | 'currency'
  | 'goodsPaidMinor'
>;

const LINE = ['input', 'orderLineId'];
const MOST_URLS = 10;

/** What the constraint says to whoever was a moment late; the same is told to whoever comes later. */
export const OPEN_ALREADY: UserErrorValue = {
  __typename: 'StateConflict',
  message: 'A claim of this kind is open on the line already.',
  path: LINE,
  state: 'OPEN',
};

/**
 * Opens a claim on a line for its buyer, and an after-sales case with it: the line is not settled before the decision.
 * Refused where the line was not placed under the protection, where its time is over, and above what all claims of the
 * kind may come to. Gives the id.
 */
export async function openClaim(tx: Tx, line: ClaimedLine, claim: NewClaim, now: Date): Promise<string> {
  check(claim);
  await lockOrderLines(tx, [lineKeyOf({ ...line, source: line.sourceId })]);
  const rules = await requireProtected(tx, line, claim.kind, now);
  await requireWithin(tx, line, claim, rules);
  const { id = newId(), kind, amountMinor, statement, evidenceUrls, openedBy } = claim;
  const reason = `Claim under ${kind}`;
  const caseId = await openCase(tx, line, { kind: 'DISPUTE', reason, openedBy, claimId: id }, now);
  await tx.rows(sql`
    insert into trust_claim (brand_id, id, line_id, product_id, creator_id, kind, state, currency, amount_minor, statement,
      evidence_urls, case_id, opened_by, opened_at)
    values (${line.brandId}, ${id}, ${line.id}, ${line.productId}, ${line.creatorId}, ${kind}, 'OPEN', ${line.currency},
      ${amountMinor}, ${statement}, ${evidenceUrls}::text[], ${caseId}, ${openedBy}, ${now})`);
  const to = [line.brandId, line.creatorId, (await findAlliance(tx))?.id].flatMap((party) => party ?? []);
  const subject = { type: 'TrustClaim', id, brandId: line.brandId };
  const data = { kind, amountMinor: String(amountMinor), currency: line.currency };
  await announce(tx, [{ kind: 'CLAIM_OPENED', subject, to, data }], now);
  return id;
}

function check({ amountMinor, statement, evidenceUrls }: NewClaim): void {
  new Checks()
    .text(statement, 'statement', 1, 2000)
    .that(amountMinor > 0n, 'amountMinor', 'A claim is for 1 minor unit or more.')
    .that(evidenceUrls.length <= MOST_URLS, 'evidenceUrls', `At most ${MOST_URLS} addresses.`)
    .that(
      evidenceUrls.slice(0, MOST_URLS).every(isWebAddress),
      'evidenceUrls',
      'Evidence lies at https addresses of at most 500 characters.',
    )
    .done();
}

/** The rules that the line was placed under, where they protect it so, now. */
async function requireProtected(tx: Tx, line: ClaimedLine, kind: ProtectionKind, now: Date) {
  const [fresh] = await tx.rows(sql<{ state: string; isPaid: boolean }>`
    select state, paid_at is not null as "isPaid" from order_line
    where brand_id = ${line.brandId} and id = ${line.id}`);
  if (fresh === undefined || !fresh.isPaid || fresh.state === 'CANCELLED') {
    const message = 'Claims are for lines that were paid and not called off.';
    throw wrongState(LINE, fresh?.state ?? 'NONE', message);
  }
  const cover = await readCover(tx, line.brandId, line.id);
  const rules = trustPolicyAt(await trustPolicies(tx), cover?.placedAt ?? now);
  const found = cover && protectionsOf(cover, rules).find((protection) => protection.kind === kind);
  if (found === undefined)
    throw new Refusal([
      invalid(['input', 'kind'], `The line was not placed under ${kind}; see its \`protections\`.`),
    ]);
  if (found.claimableUntil !== null && now >= found.claimableUntil) {
    const message = `${kind} could be claimed until ${found.claimableUntil.toISOString()}.`;
    throw wrongState(['input', 'kind'], 'EXPIRED', message);
  }
  return rules;
}

/** All claims of the kind that stand on the line, with this one, come to no more than the kind gives. */
async function requireWithin(tx: Tx, line: ClaimedLine, claim: NewClaim, rules: TrustRules): Promise<void> {
  const { kind, amountMinor } = claim;
  const [standing] = await tx.rows(sql<{ minor: bigint; open: boolean }>`
    select coalesce(sum(case state when 'OPEN' then amount_minor else goods_minor + compensation_minor end), 0)::bigint
      as minor, coalesce(bool_or(state = 'OPEN'), false) as open
    from trust_claim where brand_id = ${line.brandId} and line_id = ${line.id} and kind = ${kind} and state <> 'DISMISSED'`);
  if (standing?.open) throw new Refusal([OPEN_ALREADY]);
  const left = mostOf(kind, { ...line, ...rules }) - (standing?.minor ?? 0n);
  new Checks()
    .that(amountMinor <= left, 'amountMinor', `At most ${left} minor units of ${kind} are left on this line.`)
    .done();
}
