import { createRandom, seedOf } from '../../random.ts';
import { creators } from './creators.ts';
import type { AgencyKey, ContractSeed, CreatorSeed } from './shapes.ts';

/** Which topics each managing agency signs; the first agency takes whom both want. */
const MANAGERS: readonly { agency: AgencyKey; topics: readonly string[]; count: number }[] = [
  { agency: 'agency:yuanye', topics: ['home', 'food', 'kids'], count: 14 },
  { agency: 'agency:bailu', topics: ['sports', 'beauty', 'digital', 'apparel'], count: 11 },
];

const VISIBILITY: readonly ContractSeed['visibility'][] = [
  ['SHOWCASE', 'LINKS'],
  ['SHOWCASE', 'LINKS', 'SAMPLES', 'ORDERS'],
  ['SHOWCASE', 'LINKS', 'SAMPLES', 'ENGAGEMENTS', 'ORDERS', 'EARNINGS'],
];

/** Twenty-five contracts; every eighth one began within the three weeks of the demo's orders. */
export const contracts: ContractSeed[] = makeContracts();

function makeContracts(): ContractSeed[] {
  const random = createRandom(seedOf('contracts'));
  const taken = new Set<CreatorSeed>();
  return MANAGERS.flatMap(({ agency, topics, count }) => {
    const wanted = creators.filter((each) => !taken.has(each) && topics.includes(each.topics[0]!));
    const signed = random.sample(wanted, count);
    return signed.map((creator, index) => {
      taken.add(creator);
      return {
        agency,
        creator: creator.key,
        // A creator with a name gives away less.
        shareBp: creator.tier === 'ORDINARY' ? random.int(15, 30) * 100 : random.int(8, 16) * 100,
        visibility: random.pick(VISIBILITY),
        sinceDays: index % 8 === 7 ? random.int(5, 15) : random.int(40, 600),
      };
    });
  });
}
