import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isWebAddress } from '../../kernel/text.ts';
import { refuseBlocked } from '../account/index.ts';
import { refuseUncertified } from '../agency/index.ts';
import type { SourceKind } from '../product/index.ts';
import { type DocumentKind, expiryOf, NEEDED, proves } from './evidence.ts';
import { type LockedStory, moveStories, tell } from './move-stories.ts';

export interface NewDocument {
  readonly id?: string;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly issuer: string;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly url?: string | null;
  readonly issuedAt: Date;
  readonly expiresAt?: Date | null;
}

/** The belt that a story names, with its agency. */
export interface NamedBelt {
  readonly id: string;
  readonly agencyId: string;
}

export interface NewStory {
  readonly id?: string;
  readonly productId: string;
  readonly brandId: string;
  readonly kind: SourceKind;
  readonly place: string;
  readonly about: string;
  readonly belt: NamedBelt | null;
  readonly liveBaseId: string | null;
  readonly documents: readonly NewDocument[];
  /** The brand, or the agency of the belt, which confirms by it. */
  readonly submittedBy: string;
}

const MOST_DOCUMENTS = 10;
const OLDEST = new Date('1900-01-01T00:00:00Z');
const LATEST = new Date('2200-01-01T00:00:00Z');
const SHA_256 = /^[0-9a-f]{64}$/i;

/**
 * Enters a further version of what a product says of its source, which waits for the agency of the belt, if it names one,
 * and for the operator. What the agency itself submits it has confirmed. Refused while another version waits, and where the
 * evidence is not of the kind that the story needs. Gives its id.
 */
export async function submitStory(tx: Sql, story: NewStory, now: Date): Promise<string> {
  check(story, now);
  const { belt, brandId } = story;
  if (belt !== null) {
    await refuseBlocked(tx, brandId, belt.agencyId, now, ['input', 'beltId']);
    await requireBelt(tx, brandId, belt.id, ['input', 'beltId']);
    await requireBase(tx, belt.id, story.liveBaseId);
  }
  const byAgency = belt !== null && story.submittedBy === belt.agencyId;
  if (byAgency) await refuseUncertified(tx, belt.agencyId, 'BELT_BASE', now, ['input', 'beltId']);
  const entered = await enter(tx, story, now);
  await tell(tx, [entered], 'SUBMITTED', now);
  if (byAgency) await moveStories(tx, [entered], 'CONFIRMED', now);
  return entered.id;
}

/** The brand is in the belt, and cannot leave it before this is committed. */
export async function requireBelt(tx: Sql, brandId: string, beltId: string, path: readonly string[]) {
  const rows = await tx.rows(sql`select from brand where id = ${brandId} and belt_id = ${beltId} for share`);
  if (rows.length > 0) return;
  throw wrongState(path, 'NOT_IN_BELT', 'The brand does not belong to this belt.');
}

async function requireBase(tx: Sql, beltId: string, liveBaseId: string | null): Promise<void> {
  if (liveBaseId === null) return;
  const [base] = await tx.rows(sql<{ state: string }>`
    select state from live_base where id = ${liveBaseId} and belt_id = ${beltId}`);
  if (base === undefined) throw unknown(['input', 'liveBaseId'], 'live base of this belt');
  if (base.state === 'OPEN') return;
  throw wrongState(['input', 'liveBaseId'], base.state, 'The live base has been closed.');
}

async function enter(tx: Sql, story: NewStory, now: Date): Promise<LockedStory> {
  const { id = newId(), productId, brandId, belt, documents } = story;
  // One row is the product's whatever happens; who waits for it reads the versions as they are after that.
  const [product] = await tx.rows(sql<{ state: string }>`
    select state from product where id = ${productId} for no key update`);
  if (product?.state === 'DELISTED')
    throw wrongState(['input', 'productId'], 'DELISTED', 'The product was taken out of the pool for good.');
  const [last] = await tx.rows(sql<{ version: number; waiting: string | null }>`
    select max(version) as version, max(state) filter (where state in ('SUBMITTED', 'CONFIRMED')) as waiting
    from source_story where product_id = ${productId}`);
  if (last?.waiting != null)
    throw wrongState(['input', 'productId'], last.waiting, 'Another version of its story waits already.');
  const expiresAt = expiryOf(documents);
  await tx.rows(sql`
    insert into source_story (id, product_id, brand_id, version, kind, place, about, belt_id, agency_id, live_base_id,
      state, submitted_by, submitted_at, expires_at)
    values (${id}, ${productId}, ${brandId}, ${(last?.version ?? 0) + 1}, ${story.kind}, ${story.place.trim()},
      ${story.about.trim()}, ${belt?.id ?? null}, ${belt?.agencyId ?? null}, ${story.liveBaseId}, 'SUBMITTED',
      ${story.submittedBy}, ${now}, ${expiresAt})`);
  await enterDocuments(tx, id, documents);
  const named = { beltId: belt?.id ?? null, agencyId: belt?.agencyId ?? null };
  return { id, productId, brandId, ...named, state: 'SUBMITTED', expiresAt };
}

const enterDocuments = (tx: Sql, storyId: string, documents: readonly NewDocument[]): Promise<unknown> =>
  tx.rows(sql`
    insert into source_document (story_id, id, position, kind, title, issuer, sha256, url, issued_at, expires_at)
    select ${storyId}::uuid, d.* from unnest(
      ${documents.map(({ id }) => id ?? newId())}::uuid[], ${documents.map((_, i) => i + 1)}::int[],
      ${documents.map(({ kind }) => kind)}::text[], ${documents.map(({ title }) => title.trim())}::text[],
      ${documents.map(({ issuer }) => issuer.trim())}::text[],
      ${documents.map(({ sha256 }) => sha256.toLowerCase())}::text[],
      ${documents.map(({ url }) => url ?? null)}::text[], ${documents.map(({ issuedAt }) => issuedAt)}::timestamptz[],
      ${documents.map(({ expiresAt }) => expiresAt ?? null)}::timestamptz[]) d`);

function check({ kind, place, about, belt, liveBaseId, documents }: NewStory, now: Date): void {
  const hashes = new Set(documents.map(({ sha256 }) => sha256.toLowerCase()));
  const checks = new Checks()
    .text(place, 'place', 1, 200)
    .text(about, 'about', 0, 2000)
    .that(kind !== 'BELT' || belt !== null, 'beltId', 'A story of a belt names the belt.')
    .that(liveBaseId === null || belt !== null, 'liveBaseId', 'A live base belongs to a belt: name both.')
    .that(
      documents.length >= 1 && documents.length <= MOST_DOCUMENTS,
      'documents',
      `1 to ${MOST_DOCUMENTS} documents.`,
    )
    .that(
      documents.length === 0 || proves(kind, documents),
      'documents',
      `A story of this kind needs a document of ${NEEDED[kind].join(' or ')}.`,
    )
    .that(hashes.size === documents.length, 'documents', 'Each document once.');
  for (const [i, document] of documents.slice(0, MOST_DOCUMENTS).entries())
    checkDocument(checks, `documents.${i}`, document, now);
  checks.done();
}

function checkDocument(checks: Checks, at: string, document: NewDocument, now: Date): void {
  const { title, issuer, sha256, url, issuedAt, expiresAt } = document;
  checks
    .text(title, `${at}.title`, 1, 200)
    .text(issuer, `${at}.issuer`, 1, 200)
    .that(SHA_256.test(sha256), `${at}.sha256`, 'The SHA-256 of the file: 64 hexadecimal digits.')
    .that(url == null || isWebAddress(url), `${at}.url`, 'An https URL of at most 500 characters.')
    .that(
      issuedAt >= OLDEST && issuedAt <= now,
      `${at}.issuedAt`,
      'A document was issued in the past, and not before 1900.',
    )
    .that(
      expiresAt == null || (expiresAt > now && expiresAt > issuedAt && expiresAt < LATEST),
      `${at}.expiresAt`,
      'A document that has ended proves nothing; it ends before 2200.',
    );
}
