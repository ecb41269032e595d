import { createRandom, type Random, seedOf } from '../../random.ts';
import { campaigns, enrolments } from './campaigns.ts';
import { topOf } from './categories.ts';
import { creators } from './creators.ts';
import { plans } from './plans.ts';
import { products } from './products.ts';
import type { CampaignKey, CreatorSeed, EnrolmentSeed, ProductSeed, ShowcaseSeed } from './shapes.ts';

/** How many products a creator of each tier shows. */
const SIZE: Readonly<Record<CreatorSeed['tier'], readonly [number, number]>> = {
  HEAD: [38, 48],
  WAIST: [22, 30],
  ORDINARY: [8, 16],
};

/** What each creator has picked: mostly products of the creator's topics, some through a campaign. */
export const showcases: ShowcaseSeed[] = creators.flatMap(showcaseOf);

function showcaseOf(creator: CreatorSeed): ShowcaseSeed[] {
  const random = createRandom(seedOf(`showcase ${creator.key}`));
  const offered = products.filter((product) => product.state === 'LISTED' && isOffered(product, creator));
  const fitting = offered.filter((product) => creator.topics.includes(slugOfTop(product)));
  const others = offered.filter((product) => !fitting.includes(product));
  // Whoever is named in a plan has picked that product: this is why the brand names them.
  const named = offered.filter((product) => isNamed(product, creator));
  const [from, to] = SIZE[creator.tier];
  const size = random.int(from, to);
  const drawn = [...random.sample(fitting, size - 2), ...random.sample(others, 2)];
  const picked = new Set([...named, ...drawn]);
  return [...picked].map((product) => pick(random, creator, product));
}

function pick(random: Random, creator: CreatorSeed, product: ProductSeed): ShowcaseSeed {
  const enrolment = enrolments.find((each) => each.product === product.key && isOpenTo(each, creator));
  const through = enrolment && random.chance(850) ? enrolment : undefined;
  const oldest = Math.min(through?.sinceDays ?? product.listedDays!, 90);
  const campaign: CampaignKey | null = through?.campaign ?? null;
  return {
    creator: creator.key,
    product: product.key,
    campaign,
    pickedDays: random.int(Math.min(2, oldest), oldest),
  };
}

function isOffered(product: ProductSeed, creator: CreatorSeed): boolean {
  const exclusive = plans.find((plan) => plan.kind === 'EXCLUSIVE' && plan.product === product.key);
  return exclusive === undefined || exclusive.creators.includes(creator.key);
}

function isNamed(product: ProductSeed, creator: CreatorSeed): boolean {
  return plans.some((plan) => plan.product === product.key && plan.creators.includes(creator.key));
}

function isOpenTo(enrolment: EnrolmentSeed, creator: CreatorSeed): boolean {
  const campaign = campaigns.find((each) => each.key === enrolment.campaign)!;
  const named = campaign.access !== 'NAMED_CREATORS' || campaign.parties.includes(creator.key);
  return enrolment.state === 'APPROVED' && named;
}

function slugOfTop(product: ProductSeed): string {
  return topOf(product.category).slice('category:'.length);
}
