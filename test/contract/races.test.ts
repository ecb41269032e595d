import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { inviteCreator, ProposalResolver } from '../../src/features/contract/index.ts';
import { registerCreator } from '../../src/features/creator/index.ts';
import { type Actor, ANONYMOUS } from '../../src/graphql/actor.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import { LoaderCache } from '../../src/graphql/loaders.ts';
import type { Payload } from '../../src/graphql/user-errors.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { TestClock } from '../kit/clock.ts';
import { testDatabase } from '../kit/database.ts';
import { World } from '../kit/world.ts';
import { NOW } from './parties.ts';

const ROUNDS = 200;
const CONNECTIONS = 8;

let database: Database;
let world: World;
const clock = new TestClock(NOW);
const resolver = new ProposalResolver();

beforeAll(async () => {
  database = await testDatabase({ poolSize: CONNECTIONS });
  world = new World(database);
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await database.transaction((tx) => foundAlliance(tx, options, clock.now()));
});
afterAll(() => database.close());

/** Somebody who acts for a party, as a request would. */
function callerOf(partyId: string, partyKind: 'CREATOR' | 'AGENCY'): RequestContext {
  const actor: Actor = {
    ...ANONYMOUS,
    kind: 'USER',
    issuer: 'test',
    subject: partyId,
    seats: [{ partyId, partyKind, role: 'OWNER' }],
    scopes: new Set(['cooperation:write']),
  };
  const loaders = new LoaderCache({ sql: database, actor, now: clock.now() });
  return { actor, database, clock, requestId: newId(), loaders };
}

const errorsOf = ({ userErrors }: Payload<unknown>): string =>
  userErrors.map(({ __typename }) => __typename).join(' ') || 'DONE';

const accept = (creatorId: string, proposalId: string) =>
  resolver.contractAccept(
    {
      proposalId: toGlobalId('ContractProposal', proposalId),
      idempotencyKey: `accept-${proposalId}`,
    },
    callerOf(creatorId, 'CREATOR'),
  );

const creators = (count: number): Promise<string[]> =>
  database.transaction(async (tx) => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) {
      const creator = { name: `Creator ${i}`, city: '杭州', about: '', followers: 0n };
      ids.push(await registerCreator(tx, creator, undefined, clock.now()));
    }
    return ids;
  });

it(`of two agencies that a creator accepts at once one wins, ${ROUNDS} times, by the database's constraint`, async () => {
  const [one, other] = [await world.agency(), await world.agency()];
  const terms = { shareBp: 2000, visibility: [] };
  for (const creatorId of await creators(ROUNDS)) {
    const proposals = await Promise.all(
      [one, other].map((agencyId) =>
        database.transaction((tx) => inviteCreator(tx, { agencyId, creatorId, ...terms }, clock.now())),
      ),
    );
    const answers = await Promise.all(proposals.map((id) => accept(creatorId, id)));
    expect(answers.map(errorsOf).sort()).toEqual(['AlreadyManaged', 'DONE']);
    const rows = await database.rows(sql<{ agencyId: string }>`
      select agency_id as "agencyId" from contract_terms where creator_id = ${creatorId}`);
    expect(rows).toEqual([{ agencyId: answers.find(({ result }) => result !== null)?.result?.agencyId }]);
  }
});

it('holds without the lock of the use case, too: the constraint alone keeps a second contract out', async () => {
  const [one, other] = [await world.agency(), await world.agency()];
  const [creatorId = ''] = await creators(1);
  const sign = (agencyId: string) => world.contract(agencyId, creatorId);
  const results = await Promise.allSettled([sign(one), sign(other)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it(`of two invitations at once by one agency one is open, ${ROUNDS} times`, async () => {
  const agencyId = await world.agency();
  for (const [round, creatorId] of (await creators(ROUNDS)).entries()) {
    const invite = (turn: number) =>
      resolver.contractInvite(
        {
          agencyId: toGlobalId('Agency', agencyId),
          creatorId: toGlobalId('Creator', creatorId),
          shareRate: 2000,
          visibility: [],
          idempotencyKey: `invite-${round}-${turn}`,
        },
        callerOf(agencyId, 'AGENCY'),
      );
    const answers = await Promise.all([invite(1), invite(2)]);
    expect(answers.map(errorsOf).sort()).toEqual(['DONE', 'ProposalOpen']);
  }
});

it('of an acceptance and a withdrawal at once one wins, 100 times, and the other is told the state', async () => {
  const agencyId = await world.agency();
  for (const creatorId of await creators(100)) {
    const terms = { shareBp: 2000, visibility: [] };
    const id = await database.transaction((tx) =>
      inviteCreator(tx, { agencyId, creatorId, ...terms }, clock.now()),
    );
    const input = { proposalId: toGlobalId('ContractProposal', id), idempotencyKey: `withdraw-${id}` };
    const answers = await Promise.all([
      accept(creatorId, id),
      resolver.contractWithdraw(input, callerOf(agencyId, 'AGENCY')),
    ]);
    expect(answers.map(errorsOf).sort()).toEqual(['DONE', 'StateConflict']);
    const [row] = await database.rows(sql<{ state: string; contracts: bigint }>`
      select state, (select count(*) from creator_contract c where c.creator_id = p.creator_id) as contracts
      from contract_proposal p where id = ${id}`);
    expect(row).toEqual(
      answers[0]?.userErrors.length === 0
        ? { state: 'ACCEPTED', contracts: 1n }
        : { state: 'WITHDRAWN', contracts: 0n },
    );
  }
});
