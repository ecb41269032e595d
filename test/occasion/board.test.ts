import { afterEach, expect, it } from 'vitest';
import { seatUser } from '../../src/features/account/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import type { Json } from '../kit/alliance.ts';
import { type Followed, followByWebSocket, until } from '../subscription/live-clients.ts';
import {
  alliance,
  CLOSES,
  creatorId,
  openEvents,
  order,
  product,
  refund,
  report,
  running,
  workAt,
  world,
} from './event-scene.ts';

openEvents();

const open: Followed[] = [];
afterEach(async () => {
  for (const { client } of open.splice(0)) await client.dispose();
});

async function follow(eventId: string): Promise<Followed> {
  const document = `subscription { officialEventBoard(officialEventId: "${eventId}") { at officialEvent { state
    standings(board: CREATORS, first: 10) { nodes { rank amount { minorUnits } } } } } }`;
  const authorization = await aMember();
  const followed = followByWebSocket(alliance.server.url, document, { authorization });
  open.push(followed);
  return followed;
}

/** The header of a person of an organisation that has nothing to do with the event. */
async function aMember(): Promise<string> {
  const subject = newId();
  const person = { issuer: LOCAL_ISSUER, subject, name: subject };
  const partyId = await world.creator();
  await world.tx((tx) => seatUser(tx, person, partyId, 'OWNER', new Date()));
  return `Bearer ${(await alliance.issuer.issue(subject, subject)).token}`;
}

const boards = ({ results }: Followed): Json[] =>
  results.map(({ data }) => (data as Json).officialEventBoard.officialEvent);

it('a board tells at once, then of orders and refunds, at most once a second, and ends with the event', async () => {
  const event = await running();
  const code = await world.link(creatorId, product);
  const followed = await follow(event);
  await followed.count(1);
  expect(boards(followed)[0]).toEqual({ state: 'RUNNING', standings: { nodes: [] } });

  const since = Date.now();
  for (let i = 0; i < 30; i++) await order(code, `B${i}`);
  await report(refund('B0', 2500n));
  const amount = () => boards(followed).at(-1).standings.nodes[0]?.amount.minorUnits;
  await until(() => amount() === '297500');
  expect(followed.results.length).toBeLessThanOrEqual(2 + Math.ceil((Date.now() - since) / 1000));
  await workAt(CLOSES);
  await until(() => boards(followed).at(-1).state === 'CLOSED');
}, 60_000);

it('there is none of an event that is not there', async () => {
  const followed = await follow(toGlobalId('OfficialEvent', product.id));
  await followed.count(1);
  expect(followed.results[0]?.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
}, 30_000);
