import fc from 'fast-check';
import { contractById, endContract, signContract } from '../../../src/features/contract/index.ts';
import { CONTRACT_VISIBILITIES } from '../../../src/features/creator/index.ts';
import { changePlan } from '../../../src/features/plan/index.ts';
import { ANONYMOUS } from '../../../src/graphql/actor.ts';
import { withLoaders } from '../../../src/graphql/mutate.ts';
import { agree } from '../checks.ts';
import { isGuarded } from '../model/offers.ts';
import { HOUR, type Rules } from '../model/words.ts';
import { commandOf } from './command.ts';

/** A policy; each of its parts is often what switches something off or takes all. */
export const rulesArb: fc.Arbitrary<Rules> = fc.record({
  platformInBase: fc.boolean(),
  creatorInBase: fc.boolean(),
  feeBp: fc.constantFrom(0, 1000, 1000, 777),
  holdingDays: fc.constantFrom(0, 1, 7),
  reserveBp: fc.constantFrom(0, 0, 1000, 3333, 10_000),
  reserveDays: fc.constantFrom(0, 2, 30),
  recoveryBp: fc.constantFrom(1, 2500, 5000, 10_000),
  withholdingCreatorBp: fc.constantFrom(0, 2000, 333),
  withholdingAgencyBp: fc.constantFrom(0, 600),
  payoutMinimum: fc.constantFrom(0n, 0n, 300n),
});

export const changePolicyCommand = commandOf<{ rules: Rules }>(
  {
    name: 'policies',
    async run(model, real, { rules }) {
      const { lane, world } = real;
      await lane.govern(world.database, rules, model.now);
      model.rules.push({ from: model.now, value: rules });
      await agree(model, real);
    },
  },
  fc.record({ rules: rulesArb }),
);

export const changePlanCommand = commandOf<{ commissionBp: number }>(
  {
    name: 'plan changes',
    // From here to the check the clock goes a minute forward.
    may: ({ now }) => !isGuarded(now) && !isGuarded(now + HOUR / 60),
    async run(model, real, { commissionBp }) {
      const { world } = real;
      const change = { planId: world.planId, commissionBp, addCreatorIds: [], removeCreatorIds: [] };
      await world.database.transaction((tx) => changePlan(tx, change, new Date(model.now)));
      model.offers.changePlan(commissionBp, model.now);
      await agree(model, real);
    },
  },
  fc.record({ commissionBp: fc.constantFrom(1, 500, 1999, 3001, 9000) }),
);

/** The contract of a creator ends where there is one that has not been ended, and another begins where there is none. */
export const changeContractCommand = commandOf(
  {
    name: 'contract changes',
    may: ({ offers, now }, { creator }) =>
      offers.contractOf(creator, now) === null || (offers.contracts[creator].at(-1)?.from ?? 0) <= now,
    async run(model, real, { creator, agency, shareBp, hours }) {
      const { world } = real;
      const { offers, now } = model;
      const creatorId = world.payees[creator];
      const at = new Date(now);
      const contract = offers.contractOf(creator, now);
      if (contract === null) {
        const agencyId = world.payees[agency];
        const signed = { agencyId, creatorId, shareBp, visibility: CONTRACT_VISIBILITIES, from: at };
        const id = await world.database.transaction((tx) => signContract(tx, signed, at));
        model.contractIds.set(creator, id);
        offers.changeContract(creator, { agency, shareBp }, now);
      } else {
        const id = model.contractIds.get(creator) ?? world.contractId;
        const endsAt = now + hours * HOUR;
        await world.database.transaction(async (tx) => {
          const loading = withLoaders(tx, ANONYMOUS, at);
          const named = await loading.loaders.one(contractById, id);
          if (named === undefined) throw new Error(`There is no contract ${id}.`);
          await endContract(loading, named, { askedBy: creatorId, endsAt: new Date(endsAt) }, at);
        });
        offers.changeContract(creator, null, endsAt);
      }
      await agree(model, real);
    },
  },
  fc.record({
    creator: fc.constantFrom<('creator0' | 'creator1')[]>('creator0', 'creator1'),
    agency: fc.constantFrom<('agency0' | 'agency2')[]>('agency0', 'agency2'),
    shareBp: fc.constantFrom(0, 1, 3333, 10_000),
    hours: fc.integer({ min: 0, max: 100 }),
  }),
);
