import { parse, v5, v7 } from 'uuid';
import {
  beltJoins,
  blocks,
  boosts,
  campaigns,
  candidates,
  certificationWindows,
  claims,
  closings,
  contractSteps,
  contracts,
  creators,
  engagements,
  enrolments,
  furtherCampaigns,
  furtherEnrolments,
  liveBases,
  officialEvents,
  plans,
  products,
  reenrolments,
  reports,
  samples,
  showcases,
  sourceStories,
  spreadLinks,
} from './content/index.ts';

const NAMESPACE = '6f1de2a4-4c0e-5d0b-9a61-0d6b6f0a0616';
const DAY_MS = 86_400_000;
/** When the demo's ids pretend to be made; long before any real id, so that what comes later sorts as newer. */
const EPOCH_MS = Date.UTC(2025, 0, 1);
/** Parties and categories are older than all that they make. */
const FOUNDING_DAYS = 700;
/** For how many evenings there are live sessions. */
export const SESSION_DAYS = 21;

/** Keys of things that the content knows by their two sides only. */
export const keyOf = {
  evening: (creator: string, evening: number) => `live:${creator}/${String(evening).padStart(2, '0')}`,
  contract: (it: { agency: string; creator: string }) => `contract:${it.agency}/${it.creator}`,
  proposal: (it: { agency: string; creator: string; days: number }) =>
    `proposal:${it.agency}/${it.creator}/${it.days}`,
  enrolment: (it: { campaign: string; product: string }) => `enrolment:${it.campaign}/${it.product}`,
  showcase: (it: { creator: string; product: string }) => `showcase:${it.creator}/${it.product}`,
  sampleRule: (it: { product: string }) => `sample-rule:${it.product}`,
  sample: (it: { creator: string; product: string }) => `sample:${it.creator}/${it.product}`,
  milestone: (it: { key: string }, no: number) => `${it.key}/${no}`,
  link: (it: { creator: string; product: string }) => `link:${it.creator}/${it.product}`,
  spreadLink: (it: { creator: string; product: string }) => `spread-link:${it.creator}/${it.product}`,
};

const ages = new Map<string, number>();
for (const { key, announcedDays } of certificationWindows) ages.set(key, announcedDays * DAY_MS);
for (const { key, appliedDays } of candidates.flatMap(({ applications }) => applications)) {
  ages.set(key, appliedDays * DAY_MS);
}
for (const { key, openedDays } of liveBases) ages.set(key, openedDays * DAY_MS);
for (const { key, askedDays } of beltJoins) ages.set(key, askedDays * DAY_MS);
for (const { key, createdDays, skus } of products) {
  ages.set(key, createdDays * DAY_MS);
  // Options are read in the order of their ids: each is a moment younger than the one before it.
  for (const [index, sku] of skus.entries()) ages.set(sku.key, createdDays * DAY_MS - index);
}
for (const { key, sinceDays } of plans) ages.set(key, sinceDays * DAY_MS);
for (const { key, opensDays } of [...campaigns, ...furtherCampaigns]) ages.set(key, opensDays * DAY_MS);
for (const contract of contracts) ages.set(keyOf.contract(contract), contract.sinceDays * DAY_MS);
for (const step of contractSteps) {
  if (step.step === 'INVITE' || step.step === 'PROPOSE') ages.set(keyOf.proposal(step), step.days * DAY_MS);
  // What an invitation has led to; of a change the contract is older and keeps its age.
  const contract = keyOf.contract(step);
  if (step.step === 'ACCEPT' && !ages.has(contract)) ages.set(contract, step.days * DAY_MS);
}
for (const enrolment of [...enrolments, ...furtherEnrolments, ...reenrolments])
  ages.set(keyOf.enrolment(enrolment), enrolment.sinceDays * DAY_MS);
for (const link of spreadLinks) ages.set(keyOf.spreadLink(link), link.madeDays * DAY_MS);
for (const sample of samples) ages.set(keyOf.sample(sample), sample.askedDays * DAY_MS);
for (const item of showcases) {
  ages.set(keyOf.showcase(item), item.pickedDays * DAY_MS);
  ages.set(keyOf.link(item), item.pickedDays * DAY_MS);
}

for (const engagement of engagements) {
  ages.set(engagement.key, engagement.offeredDays * DAY_MS);
  for (const [i] of engagement.milestones.entries())
    ages.set(keyOf.milestone(engagement, i + 1), engagement.offeredDays * DAY_MS);
}
for (const { key, announcedDays } of closings) ages.set(key, announcedDays * DAY_MS);
for (const { key, submittedDays } of sourceStories) ages.set(key, submittedDays * DAY_MS);
for (const { key, openedDays, approved, waiting } of officialEvents) {
  ages.set(key, openedDays * DAY_MS);
  for (const product of [...approved, ...waiting]) ages.set(`${key}/${product}`, openedDays * DAY_MS);
}
for (const { key, days } of reports)
  for (const of of ['report', 'finding', 'penalty']) ages.set(`${of}:${key}`, days * DAY_MS);
for (const { key, boughtDays } of boosts) ages.set(key, boughtDays * DAY_MS);
for (const { key, days } of claims) ages.set(key, days * DAY_MS);
/** Evenings of live sessions are numbered from the oldest; the one that runs now is the youngest. */
for (const { key } of creators) {
  for (let evening = 0; evening < SESSION_DAYS; evening++)
    ages.set(keyOf.evening(key, evening), (SESSION_DAYS - evening) * DAY_MS);
}
ages.set('live:now', 0);
ages.set('live-plan:now', 2 * DAY_MS);
for (const { key, days } of blocks) ages.set(key, days * DAY_MS);

/**
 * The id of whatever has this key: the same on every machine and at every time. It has the form of a UUID of version 7
 * whose time is the age of the thing, since lists that are newest first go by ids.
 */
export function demoId(key: string): string {
  const age = ages.get(key) ?? FOUNDING_DAYS * DAY_MS;
  return v7({ msecs: EPOCH_MS - age, random: parse(v5(key, NAMESPACE)) });
}

/** The code of the link of a creator to a product: the same every time, and short enough to be read out. */
export const linkCode = (item: { creator: string; product: string }): string => codeOf(keyOf.link(item));

export function codeOf(key: string): string {
  return `demo-${v5(`code:${key}`, NAMESPACE).replaceAll('-', '').slice(0, 10)}`;
}
