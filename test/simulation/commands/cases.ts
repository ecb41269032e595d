import fc from 'fast-check';
import { CaseResolver, ClawbackResolver } from '../../../src/features/settlement/index.ts';
import { toGlobalId } from '../../../src/kernel/ids.ts';
import { agree } from '../checks.ts';
import type { ModelLine } from '../model/line.ts';
import type { Model } from '../model/model.ts';
import { callTwice, commandOf, deathArb, pickOf } from './command.ts';

const cases = new CaseResolver();
const clawbacks = new ClawbackResolver();

/** Rather a line that is not settled, and rather one that is not received. */
function lineOf({ placed }: Model, pick: number): ModelLine {
  const waiting = placed.filter(({ settled }) => !settled);
  const coming = waiting.filter((line) => line.dueAt() === undefined);
  const [first = placed] = [coming, waiting].filter((lines) => lines.length > 0);
  return pickOf(first, pick);
}

/** A buyer brings a case: the line is not settled while it is open. */
export const openCaseCommand = commandOf(
  {
    name: 'opened cases',
    may: (model) => model.placed.length > 0,
    async run(model, real, { line: pick, death }) {
      const { world } = real;
      const line = lineOf(model, pick);
      const seen = real.seen.lines.find(({ orderNo }) => orderNo === line.order.orderNo);
      const orderLineId = toGlobalId('OrderLine', seen?.id ?? '', world.brandId);
      const caller = { partyId: world.brandId, partyKind: 'BRAND', now: model.now } as const;
      const input = { orderLineId, kind: 'RETURN', reason: 'It is too small.' } as const;
      const opened = await callTwice(real, caller, death, cases.afterSalesCaseOpen.bind(cases), input);
      line.openCases += 1;
      model.openCases.push({ line, id: opened?.id ?? '' });
      await agree(model, real);
    },
  },
  fc.record({ line: fc.nat(1000), death: deathArb }),
);

export const closeCaseCommand = commandOf(
  {
    name: 'closed cases',
    may: ({ openCases }) => openCases.length > 0,
    async run(model, real, { pick, outcome, death }) {
      const { world } = real;
      const { line, id } = pickOf(model.openCases, pick);
      const caller = { partyId: world.brandId, partyKind: 'BRAND', now: model.now } as const;
      const input = { caseId: toGlobalId('AfterSalesCase', id, world.brandId), outcome };
      await callTwice(real, caller, death, cases.afterSalesCaseClose.bind(cases), input);
      line.openCases -= 1;
      model.openCases = model.openCases.filter((open) => open.id !== id);
      await agree(model, real);
    },
  },
  fc.record({ pick: fc.nat(1000), outcome: fc.constantFrom('REJECTED', 'WITHDRAWN'), death: deathArb }),
);

/** An operator gives up what a payee owes. */
export const writeOffCommand = commandOf(
  {
    name: 'write-offs',
    may: ({ book }) => book.clawbacks.some(({ state }) => state === 'WAITING'),
    async run(model, real, { pick, death }) {
      const { world } = real;
      const waiting = model.book.clawbacks.filter(({ state }) => state === 'WAITING');
      const clawback = pickOf(waiting, pick);
      const place = model.book.clawbacks.indexOf(clawback);
      const id = real.seen.clawbacks[place]?.id ?? '';
      const caller = { partyId: world.allianceId, partyKind: 'ALLIANCE', now: model.now } as const;
      const input = { clawbackId: toGlobalId('Clawback', id), reason: 'The payee is gone.' };
      await callTwice(real, caller, death, clawbacks.clawbackWriteOff.bind(clawbacks), input);
      model.book.writeOff(clawback);
      await agree(model, real);
    },
  },
  fc.record({ pick: fc.nat(1000), death: deathArb }),
);
