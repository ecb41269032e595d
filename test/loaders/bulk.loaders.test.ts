import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BRAND_LINES, type BulkScene, bulkScene } from '../bulk/scene.ts';

const EXPORTS = 20;
let scene: BulkScene;

beforeAll(async () => {
  scene = await bulkScene(1);
  for (let i = 0; i < EXPORTS; i++) await scene.start(scene.brand, BRAND_LINES);
  await scene.run();
});
afterAll(() => scene.alliance.close());

describe('statements of a list of exports', () => {
  it('are three at most, as many for one as for twenty', async () => {
    const ask = async (first: number) => {
      const { data, errors, statements } =
        await scene.brand.query(`{ viewer { brand { bulkExports(first: ${first}) {
        nodes { id state rowsSoFar url error { code } organisation { name } } } } } }`);
      expect(errors).toBeUndefined();
      const { nodes } = data.viewer.brand.bulkExports;
      expect(nodes).toHaveLength(first);
      for (const node of nodes)
        expect(node).toMatchObject({ state: 'COMPLETED', rowsSoFar: '1', error: null });
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(EXPORTS)];
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(3);
  });
});
