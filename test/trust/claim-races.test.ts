import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { settleDue } from '../../src/features/settlement/index.ts';
import { act, said } from '../api/act.ts';
import {
  alliance,
  callers,
  clock,
  DUE_AT,
  decide,
  expectSound,
  lineUpTo,
  money,
  nets,
  opened,
  openTrust,
  refund,
  settle,
} from './trust-scene.ts';

openTrust();

const ROUNDS = 10;

it(`two who decide at once: one does, the other is told so, and money moves once (${ROUNDS} rounds)`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const line = await lineUpTo('RECEIVED');
    const claimId = await opened(line, { amountMinor: '4000' });
    const answers = await Promise.all([
      decide(claimId),
      decide(claimId, { outcome: 'UPHELD', payer: 'ALLIANCE' }),
      act(callers.brand, 'trustClaimConcede', { claimId }),
    ]);
    expect(answers.map(said).sort()).toEqual(['DONE', 'StateConflict', 'StateConflict']);
    expect(await nets(line)).toEqual({ CREATOR: 864n, MCN: 216n, RECRUITER: 162n, TECHNICAL_FEE: 138n });
  }
  await expectSound();
}, 120_000);

it(`two who open the same kind at once: one does (${ROUNDS} rounds)`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const line = await lineUpTo('RECEIVED');
    const input = {
      orderLineId: line.globalId,
      kind: 'TENFOLD_IF_FAKE',
      amountMinor: '110000',
      statement: 'Fake',
    };
    const answers = await Promise.all([
      act(callers.brand, 'trustClaimOpen', input),
      act(callers.operator, 'trustClaimOpen', input),
    ]);
    expect(answers.map(said).sort()).toEqual(['DONE', 'StateConflict']);
  }
  await expectSound();
}, 120_000);

it(`a claim that is upheld while its shop reports a refund: both count, in whatever order (${ROUNDS} rounds)`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const line = await lineUpTo('RECEIVED');
    const claimId = await opened(line, { amountMinor: '3000' });
    const [decided, reported] = await Promise.all([decide(claimId), refund(line, 2000n)]);
    expect([said(decided), reported[0]?.status]).toEqual(['DONE', 'APPLIED']);
    const [row] = await alliance.database.rows(sql`
      select refunded_minor as refunded, remaining_base_minor as base, steps from order_line where id = ${line.id}`);
    expect(row).toEqual({ refunded: 5000n, base: 5000n, steps: 3 });
    expect(await nets(line)).toEqual({ CREATOR: 720n, MCN: 180n, RECRUITER: 135n, TECHNICAL_FEE: 115n });
  }
  await expectSound();
}, 120_000);

it(`a claim that is opened and conceded while its line is settled: the same in the end (${ROUNDS} rounds)`, async () => {
  // What the tests before have left is settled first: its fees would be counted here.
  await settle(DUE_AT);
  clock.set('2026-06-16T12:05:00.000Z');
  for (let round = 0; round < ROUNDS; round++) {
    const line = await lineUpTo('RECEIVED');
    const claimId = await opened(line);
    clock.set(DUE_AT);
    const before = await money();
    const [conceded] = await Promise.all([
      act(callers.brand, 'trustClaimConcede', { claimId }),
      settleDue(alliance.database, { asOf: DUE_AT, now: DUE_AT }),
    ]);
    expect(said(conceded)).toBe('DONE');
    await settleDue(alliance.database, { asOf: DUE_AT, now: DUE_AT });
    expect(await money()).toEqual(before);
    clock.set('2026-06-16T12:05:00.000Z');
  }
  await expectSound();
}, 120_000);

it(`a claim that is opened while its line is settled is settled or held back, never both (${ROUNDS} rounds)`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const line = await lineUpTo('RECEIVED');
    clock.set(new Date(DUE_AT.getTime() - 1));
    const [, claimId] = await Promise.all([
      settleDue(alliance.database, { asOf: DUE_AT, now: DUE_AT }),
      opened(line),
    ]);
    await expectSound();
    expect(said(await decide(claimId))).toBe('DONE');
    await settleDue(alliance.database, { asOf: DUE_AT, now: DUE_AT });
    expect(await nets(line)).toEqual({ CREATOR: 0n, MCN: 0n, RECRUITER: 0n, TECHNICAL_FEE: 0n });
    clock.set('2026-06-16T12:05:00.000Z');
  }
  await expectSound();
}, 240_000);
