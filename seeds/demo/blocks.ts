import { blockParty, liftBlock } from '../../src/features/block/index.ts';
import { blocks } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const KIND = { brand: 'BRAND', agency: 'AGENCY', creator: 'CREATOR' } as const;

/** Blocks that hold and one that was lifted. They come last: what a block ends must have been there before. */
export async function seedBlocks(seeding: Seeding): Promise<void> {
  const { tx } = seeding;
  await forEachItem(
    seeding,
    'Blocks',
    blocks,
    async ({ key, blocker, blocked, reason, days, liftedDays }) => {
      const sides = { blocker: sideOf(blocker), blocked: sideOf(blocked) };
      const block = await blockParty(tx, { id: demoId(key), ...sides, reason }, ago(seeding, days));
      if (liftedDays !== null) await liftBlock(tx, block, ago(seeding, liftedDays));
    },
  );
}

const sideOf = (key: string) => ({
  id: demoId(key),
  kind: KIND[key.slice(0, key.indexOf(':')) as keyof typeof KIND],
});
