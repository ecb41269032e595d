import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { newId } from '../../kernel/ids.ts';
import { sumOf } from '../../kernel/money.ts';
import { findAlliance } from '../account/index.ts';
import type { SettledStep } from '../commission/index.ts';
import { openLedger, type Transfer } from '../ledger/index.ts';
import { escrowOf, payeeAccount, payeeAccounts, revenueOf } from './payee-accounts.ts';
import { type RecoveryWish, recover } from './recover.ts';

/** What a payee owes for one step of a settled line. */
interface NewClawback {
  readonly id: string;
  readonly step: SettledStep;
  readonly payeeId: string;
  readonly amountMinor: bigint;
}

/**
 * Posts what steps after settlement have changed: a payee owes what its net has lost, and the brand gets it back at
 * once; the technical fee comes back in proportion. What a payee has is taken first, the rest waits for its earnings.
 * Where rounding gives a payee more after a refund than before, it is paid that.
 */
export async function clawBack(tx: Sql, steps: readonly SettledStep[], now: Date): Promise<void> {
  if (steps.length === 0) return;
  const allianceId = (await findAlliance(tx))?.id ?? '';
  const clawbacks = steps.flatMap((step) => clawbacksOf(step, allianceId));
  await insertClawbacks(tx, clawbacks, now);
  await tell(tx, clawbacks, now);
  const ledger = await openLedger(tx, accountsOf(steps, allianceId));
  await ledger.post(
    steps.map((step) => ({ id: step.transactionId, transfers: transfersOf(step, allianceId) })),
    now,
  );
  await recover(tx, ledger, wishesOf(clawbacks), now);
}

function clawbacksOf(step: SettledStep, allianceId: string): NewClawback[] {
  return [...step.netMinor].flatMap(([payeeId, netMinor]) =>
    netMinor < 0n && payeeId !== allianceId ? [{ id: newId(), step, payeeId, amountMinor: -netMinor }] : [],
  );
}

/** Of each payee, all that it owes newly, out of what it has. */
function wishesOf(clawbacks: readonly NewClawback[]): RecoveryWish[] {
  const byPayee = Map.groupBy(clawbacks, ({ payeeId, step }) => `${payeeId}/${step.currency}`);
  return [...byPayee.values()].flatMap((list) => {
    const [first] = list;
    if (first === undefined) return [];
    const { payeeId, step } = first;
    const amountMinor = sumOf(list.map((clawback) => clawback.amountMinor));
    const only = new Set(list.map(({ id }) => id));
    return [{ payeeId, currency: step.currency, amountMinor, kind: 'TAKEN' as const, only }];
  });
}

function accountsOf(steps: readonly SettledStep[], allianceId: string) {
  return steps.flatMap(({ brandId, currency, netMinor }) => [
    escrowOf(brandId, currency),
    revenueOf(allianceId, currency),
    ...[...netMinor.keys()]
      .filter((payeeId) => payeeId !== allianceId)
      .flatMap((payeeId) => payeeAccounts({ payeeId, currency })),
  ]);
}

function transfersOf(step: SettledStep, allianceId: string): Transfer[] {
  const { brandId, currency, occurredAt } = step;
  const escrow = escrowOf(brandId, currency);
  return [...step.netMinor].flatMap(([payeeId, netMinor]): Transfer[] => {
    const isAlliance = payeeId === allianceId;
    if (netMinor === 0n) return [];
    if (netMinor > 0n) {
      const to = isAlliance
        ? revenueOf(allianceId, currency)
        : payeeAccount({ payeeId, currency }, 'PAYABLE');
      return [{ kind: 'ADJUSTMENT', from: escrow, to, amountMinor: netMinor, brandId, occurredAt }];
    }
    const from = isAlliance
      ? revenueOf(allianceId, currency)
      : payeeAccount({ payeeId, currency }, 'RECEIVABLE');
    return [{ kind: 'CLAWBACK', from, to: escrow, amountMinor: -netMinor, brandId, occurredAt }];
  });
}

async function insertClawbacks(tx: Sql, clawbacks: readonly NewClawback[], now: Date): Promise<void> {
  if (clawbacks.length === 0) return;
  const column = <Value>(value: (clawback: NewClawback) => Value) => clawbacks.map(value);
  await tx.rows(sql`
    insert into clawback (id, brand_id, line_id, step_no, payee_id, currency, amount_minor, transaction_id, state, posted_at)
    select v.*, 'WAITING', ${now} from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ step }) => step.brandId)}::uuid[],
      ${column(({ step }) => step.lineId)}::uuid[], ${column(({ step }) => step.stepNo)}::int[],
      ${column(({ payeeId }) => payeeId)}::uuid[], ${column(({ step }) => step.currency)}::text[],
      ${column(({ amountMinor }) => amountMinor)}::bigint[], ${column(({ step }) => step.transactionId)}::uuid[]) v`);
}

const tell = (tx: Sql, clawbacks: readonly NewClawback[], now: Date): Promise<void> =>
  announce(
    tx,
    clawbacks.map(({ id, payeeId, amountMinor, step }) => ({
      kind: 'CLAWBACK_POSTED' as const,
      subject: { type: 'Clawback', id },
      to: [payeeId, step.brandId],
      data: { amountMinor: String(amountMinor), currency: step.currency },
    })),
    now,
  );
