import { sql } from 'kysely';
import { closeSource, confirmStory, submitStory, verifyStory } from '../../src/features/source/index.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type MadeProduct, type World } from '../kit/world.ts';

interface Told {
  readonly brandId: string;
  /** The agency of the belt. */
  readonly recruiterId: string;
  readonly listed: MadeProduct;
  /** The global id of the belt that the brand is in. */
  readonly belt: string;
  /** That of an open live base of it. */
  readonly base: string;
}

const FAR = new Date('2199-01-01T00:00:00Z');
const HASH = 'a'.repeat(64);

/** A verified story of a listed product, a further version that waits, and a closing far ahead that all go by. */
export async function makeSource(world: World, { brandId, recruiterId, listed, belt, base }: Told) {
  const paper = { title: 'Licence', issuer: 'City', sha256: HASH, issuedAt: EARLY };
  const documents = [{ ...paper, kind: 'BUSINESS_LICENCE' }] as const;
  const { id: productId } = listed;
  const told = { productId, brandId, kind: 'FACTORY', place: 'Nantong', about: '', documents } as const;
  const named = { id: fromGlobalId(belt)?.id ?? '', agencyId: recruiterId };
  const liveBaseId = fromGlobalId(base)?.id ?? null;
  return world.tx(async (tx) => {
    const story = { ...told, belt: named, liveBaseId, submittedBy: brandId };
    const id = await submitStory(tx, story, EARLY);
    const first = { id, brandId, beltId: named.id, agencyId: recruiterId };
    await confirmStory(tx, first, EARLY);
    await verifyStory(tx, first, EARLY);
    const waiting = await submitStory(tx, story, EARLY);
    const [before] = await tx.rows(sql<{ id: string }>`select id from outside_closing`);
    const closing = { source: 'MOKUAI', from: FAR, reason: 'Far ahead' } as const;
    const closingId = before?.id ?? (await closeSource(tx, closing, EARLY));
    return {
      'SourceStory, verified': toGlobalId('SourceStory', id),
      'SourceStory, waiting': toGlobalId('SourceStory', waiting),
      OutsideClosing: toGlobalId('OutsideClosing', closingId),
    };
  });
}
