import { afterEach, expect, it } from 'vitest';
import { act } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { type Followed, followByWebSocket, until } from '../subscription/live-clients.ts';
import {
  added,
  alliance,
  callers,
  creatorId,
  offer,
  openLive,
  order,
  personOf,
  product,
  report,
  session,
  told,
  world,
} from './live-scene.ts';

openLive();

const open: Followed[] = [];
afterEach(async () => {
  for (const { client } of open.splice(0)) await client.dispose();
});

const BOARD = () => `subscription { liveSessionBoard(liveSessionId: "${session()}") {
  at liveSession { endedAt pinnedItem { id } figures { stockLeft orders } money { gmv { minorUnits } } } } }`;

async function follow(partyId: string): Promise<Followed> {
  const authorization = await personOf(partyId);
  const followed = followByWebSocket(alliance.server.url, BOARD(), { authorization });
  open.push(followed);
  return followed;
}

const boards = ({ results }: Followed): Json[] =>
  results.map(({ data }) => (data as Json).liveSessionBoard.liveSession);

it('the board tells at once, then of orders and of the cart, at most once a second, and ends with the session', async () => {
  const item = await added();
  await offer(item);
  const followed = await follow(creatorId);
  await followed.count(1);
  expect(boards(followed)[0]).toMatchObject({
    pinnedItem: null,
    figures: { stockLeft: '100', orders: 0 },
    money: [],
  });

  const since = Date.now();
  for (let i = 0; i < 40; i++) await report(order(`B${i}`), told('PAID', `B${i}`, 1));
  await act(callers.creator, 'liveItemPin', { liveItemId: item });
  const isTold = (): boolean => {
    const last = boards(followed).at(-1);
    return last.figures.orders === 40 && last.pinnedItem?.id === item;
  };
  await until(isTold);
  expect(boards(followed).at(-1)).toMatchObject({
    figures: { stockLeft: '60', orders: 40 },
    money: [{ gmv: { minorUnits: '240000' } }],
  });
  expect(followed.results.length).toBeLessThanOrEqual(2 + Math.ceil((Date.now() - since) / 1000));
  // What is told only grows: nothing is told that was not committed.
  const told40 = boards(followed).map(({ figures }) => figures.orders);
  expect(told40).toEqual([...told40].sort((a, b) => a - b));

  await act(callers.creator, 'liveSessionEnd', { liveSessionId: session() });
  await until(() => boards(followed).at(-1).endedAt !== null);
}, 60_000);

it('the board of another creator is not found', async () => {
  for (const partyId of [product.brandId, await world.creator()]) {
    const followed = await follow(partyId);
    await followed.count(1);
    expect(followed.results[0]?.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  }
}, 30_000);
