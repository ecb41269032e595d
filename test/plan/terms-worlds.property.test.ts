import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { analyze } from '../../src/db/rights.ts';
import type { Offer, TermsResolution } from '../../src/features/plan/resolve-terms.ts';
import { type TermsQuestion, termsFor } from '../../src/features/promotion/index.ts';
import { testDatabase } from '../kit/database.ts';
import { type Candidate, type Judged, judge } from './terms-oracle.ts';
import { makeWorld, type World } from './terms-world.ts';
import { dateOf, dropCostlyConstraints, insertShared, insertWorlds, tickOf } from './terms-world-rows.ts';

const WORLDS = Number(process.env.TERMS_WORLDS ?? 100_000);
const SEED = Number(process.env.TERMS_SEED ?? Date.now() % 1_000_000);
/** Worlds that are inserted at once. */
const CHUNK = 2000;
/** Questions that are asked at once. */
const BATCH = 1000;
/** So many worlds go through every constraint and foreign key; the rest are made the same way, and inserted faster. */
const CHECKED_WORLDS = 4000;

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
  await insertShared(db);
});
afterAll(() => db.close());

it(`resolves ${WORLDS} random worlds as the rules say, with a true reason for each loser (TERMS_SEED=${SEED})`, async () => {
  const counts = new Map<string, number>();
  await resolveWorlds(1, CHECKED_WORLDS, counts);
  await dropCostlyConstraints(db);
  await resolveWorlds(CHECKED_WORLDS + 1, WORLDS, counts);
  expectVariety(counts);
}, 600_000);

/** Makes, inserts and compares the worlds of these numbers, both included. */
async function resolveWorlds(first: number, last: number, counts: Map<string, number>): Promise<void> {
  let worlds = await insertChunk(first);
  for (let from = first; worlds.length > 0; from += CHUNK) {
    if (from === 1) await db.transaction((tx) => analyze(tx));
    // PostgreSQL inserts the next worlds while these are judged. They are waited for also when one of these fails.
    const [judged, next] = await Promise.allSettled([
      compareAll(worlds, counts),
      insertChunk(from + CHUNK <= last ? from + CHUNK : WORLDS + 1),
    ]);
    if (judged.status === 'rejected') throw judged.reason;
    if (next.status === 'rejected') throw next.reason;
    worlds = next.value;
  }
}

async function compareAll(worlds: readonly World[], counts: Map<string, number>): Promise<void> {
  for (let start = 0; start < worlds.length; start += BATCH) {
    await compare(worlds.slice(start, start + BATCH), counts);
  }
}

async function insertChunk(first: number): Promise<World[]> {
  const length = Math.max(0, Math.min(CHUNK, WORLDS - first + 1));
  const worlds = Array.from({ length }, (_, index) => makeWorld(SEED, first + index));
  if (length > 0) await insertWorlds(db, worlds, { checked: first <= CHECKED_WORLDS });
  return worlds;
}

async function compare(worlds: readonly World[], counts: Map<string, number>): Promise<void> {
  const answers = await termsFor(db, worlds.map(questionOf));
  for (const [index, world] of worlds.entries()) {
    const judged = judge(world);
    const [wanted, got] = [textOfJudged(judged), textOfAnswer(answers[index]!)];
    if (got !== wanted) {
      expect.fail(`TERMS_SEED=${SEED}\nthe rules: ${wanted}\nthe code:  ${got}\n${JSON.stringify(world)}`);
    }
    for (const what of shownBy(world, judged)) counts.set(what, (counts.get(what) ?? 0) + 1);
  }
}

function questionOf({ brandId, productId, creatorId, question }: World): TermsQuestion {
  return { ...question, brandId, productId, creatorId, at: dateOf(question.at) };
}

type Compared = Omit<Candidate, 'lock' | 'since' | 'out'> & { lockedUntil: number | null };

function textOfJudged({ winner, losers }: Judged): string {
  const plain = (offer: Candidate): Compared => ({ ...offer, lockedUntil: offer.lock?.to ?? null });
  return textOf(
    winner && plain(winner),
    losers.map(({ offer, because }) => [plain(offer), because]),
  );
}

function textOfAnswer({ winner, losers }: TermsResolution): string {
  const plain = (offer: Offer): Compared => ({
    ...offer,
    lockedUntil: offer.lockedUntil && tickOf(offer.lockedUntil),
  });
  return textOf(
    winner && plain(winner),
    losers.map(({ offer, because }) => [plain(offer), because]),
  );
}

/** The winner and the losers with their reasons, in words that are equal only when everything is. */
function textOf(winner: Compared | null, losers: readonly (readonly [Compared, string])[]): string {
  const offer = (one: Compared): string =>
    `${one.kind} ${one.offerId.slice(-4)}/${one.termsId.slice(-4)} ${one.commissionBp}+${one.serviceFeeBp} ` +
    `${one.rateSource} ${one.settledLines}${one.lockedUntil === null ? '' : ` locked until ${one.lockedUntil}`}`;
  const lost = losers.map(([one, because]) => `${offer(one)} ${because}`).sort();
  return [winner ? offer(winner) : 'none', ...lost].join(' | ');
}

/** What a world shows, to be counted. */
function shownBy(world: World, { winner, losers }: Judged): Set<string> {
  const enrolment = world.enrolments.find(({ id }) => id === winner?.offerId);
  return new Set([
    winner ? `winner ${winner.kind}` : 'no winner',
    ...(winner ? [`winner by ${winner.rateSource}`] : []),
    ...(winner?.lock ? ['lock wins', `lock wins ${winner.kind}`] : []),
    ...(enrolment?.parentId ? ['winner of the second level'] : []),
    ...losers.map(({ because }) => `loser ${because}`),
    ...coincidencesIn(world),
    ...losers.filter(({ offer }) => offer.lock).map(({ because }) => `lock loses ${because}`),
  ]);
}

/** Where a boundary lies exactly on another one: that is where mistakes of one moment show. */
function coincidencesIn({ plans, enrolments, locks, showcase, blocks, question }: World): string[] {
  const names = plans.flatMap(({ named }) => named);
  const versions = [...plans, ...enrolments].flatMap((one) => one.versions);
  const spans = [...plans, ...names, ...versions, ...locks, ...showcase];
  const effects = blocks.flatMap((block) => [block.takesEffectAt, block.runningUntil, block.liftedAt]);
  const begins = [...[...names, ...showcase].map(({ from }) => from), ...effects];
  return [
    ...(spans.some(({ to }) => to === question.at) ? ['asked when something ends'] : []),
    ...(spans.some(({ from }) => from === question.at) ? ['asked when something begins'] : []),
    ...(locks.some(({ from, to }) => from < to && begins.includes(from))
      ? ['a lock begins with something else']
      : []),
  ];
}

/** How many worlds of a thousand must show each thing: the worlds cannot become trivial without anybody noticing. */
const FLOORS_PER_MILLE: Readonly<Record<string, number>> = {
  'no winner': 50,
  'winner EXCLUSIVE': 40,
  'winner TARGETED': 60,
  'winner CAMPAIGN': 50,
  'winner SHOP_TARGETED': 30,
  'winner OPEN': 150,
  'winner of the second level': 5,
  'winner by BASE': 300,
  'winner by TIER': 30,
  'winner by BOOST': 30,
  'winner by LINK': 10,
  'lock wins': 40,
  'lock wins EXCLUSIVE': 4,
  'lock wins TARGETED': 6,
  'lock wins CAMPAIGN': 4,
  'lock wins SHOP_TARGETED': 3,
  'lock wins OPEN': 15,
  'lock loses OUTRANKED': 15,
  'lock loses NOT_HIGHER': 40,
  'loser NOT_IN_FORCE': 40,
  'loser NOT_NAMED': 150,
  'loser NOT_PICKED': 10,
  'loser BLOCKED': 50,
  'loser OUTRANKED': 100,
  'loser NOT_HIGHER': 50,
  'asked when something ends': 200,
  'asked when something begins': 200,
  'a lock begins with something else': 100,
};

function expectVariety(counts: ReadonlyMap<string, number>): void {
  const shown = [...counts].sort().map(([what, count]) => `${what} ${count}`);
  process.stdout.write(`TERMS_SEED=${SEED}: of ${WORLDS} worlds, ${shown.join(', ')}\n`);
  for (const [what, floor] of Object.entries(FLOORS_PER_MILLE)) {
    expect(((counts.get(what) ?? 0) * 1000) / WORLDS, what).toBeGreaterThanOrEqual(floor);
  }
}
