import { createHash } from 'node:crypto';
import {
  closeSource,
  confirmStory,
  expireStories,
  type NewDocument,
  rejectStory,
  reopenSource,
  revokeStory,
  submitStory,
  verifyStory,
} from '../../src/features/source/index.ts';
import { belts, closings, liveBases, type StorySeed, sourceStories } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

/** Source stories in every state, before the orders that are placed under them, and closings of outside shops. */
export async function seedSources(seeding: Seeding): Promise<void> {
  await forEachItem(seeding, 'Source stories', sourceStories, (story) => tellStory(seeding, story));
  await expireStories(seeding.within, seeding.now);
  await forEachItem(seeding, 'Closings of outside shops', closings, async (closing) => {
    const { key, source, reason, announcedDays, daysAhead, takenBackDays } = closing;
    const from = ago(seeding, -daysAhead);
    await closeSource(seeding.tx, { id: demoId(key), source, from, reason }, ago(seeding, announcedDays));
    if (takenBackDays !== undefined)
      await reopenSource(seeding.tx, source, null, ago(seeding, takenBackDays));
  });
}

async function tellStory(seeding: Seeding, story: StorySeed): Promise<void> {
  const { tx } = seeding;
  const { key, kind, place, about, inBelt, byAgency = false } = story;
  const [nantong] = belts;
  const [base] = liveBases;
  if (nantong === undefined) throw new Error('no belt');
  const belt = inBelt ? { id: demoId(nantong.key), agencyId: demoId(nantong.agency) } : null;
  const brandId = demoId(story.brand);
  const submittedBy = byAgency && belt !== null ? belt.agencyId : brandId;
  const sides = { productId: demoId(story.product), brandId, submittedBy, belt };
  const liveBaseId = inBelt ? demoId(base.key) : null;
  const documents = documentsOf(seeding, story);
  const told = { id: demoId(key), ...sides, kind, place, about, liveBaseId, documents };
  await submitStory(tx, told, ago(seeding, story.submittedDays));
  const named = { id: told.id, brandId, beltId: belt?.id ?? null, agencyId: belt?.agencyId ?? null };
  if (story.confirmedDays !== undefined) await confirmStory(tx, named, ago(seeding, story.confirmedDays));
  if (story.decidedDays === undefined) return;
  const decided = ago(seeding, story.decidedDays);
  if (story.state === 'REJECTED') await rejectStory(tx, named, story.reason ?? '', 'OPERATOR', decided);
  else await verifyStory(tx, named, decided);
  if (story.state === 'REVOKED') await revokeStory(tx, named, story.reason ?? '', ago(seeding, 8));
}

const documentsOf = (seeding: Seeding, { key, documents }: StorySeed): NewDocument[] =>
  documents.map(({ kind, title, issuer, issuedDays, endedDays }, i) => ({
    id: demoId(`${key}/${i + 1}`),
    kind,
    title,
    issuer,
    sha256: demoHash(`${key}/${i + 1}`),
    url: `https://files.example.com/${key.slice('story:'.length)}-${i + 1}.pdf`,
    issuedAt: ago(seeding, issuedDays),
    expiresAt: endedDays === null ? null : ago(seeding, endedDays),
  }));

/** The hash of a file that nobody has: the same on every machine. */
const demoHash = (key: string): string => createHash('sha256').update(`demo file ${key}`).digest('hex');
