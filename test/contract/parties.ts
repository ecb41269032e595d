import { sql } from 'kysely';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { World } from '../kit/world.ts';

export const DAY_MS = 86_400_000;
/** When the tests of contracts begin. */
export const NOW = '2026-06-16T02:00:00.000Z';

/** The moment so many days (and milliseconds) after the beginning, as the API prints it. */
export const after = (days: number, ms = 0): string =>
  new Date(Date.parse(NOW) + days * DAY_MS + ms).toISOString();

/** A party with somebody who acts for it. */
export interface Party {
  readonly id: string;
  readonly globalId: string;
  readonly caller: Caller;
}

const CONTRACT = `id state signedAt startsAt endsAt endAskedAt endReason endAskedBy { organisationId }
  terms { version shareRate visibility validFrom validTo }`;
const PROPOSAL = `id kind state shareRate visibility startsAt endsAt message declineReason proposedAt lapsesAt decidedAt
  contract { id } agency { id } creator { id } proposedBy { organisationId }`;

/** An alliance whose clock stands still, and what the tests of contracts do in it. */
export class ContractWorld {
  private constructor(
    readonly alliance: TestAlliance,
    readonly clock: TestClock,
    readonly world: World,
  ) {}

  static async open(): Promise<ContractWorld> {
    const clock = new TestClock(NOW);
    const alliance = await testAlliance({ clock });
    return new ContractWorld(alliance, clock, new World(alliance.database));
  }

  async agency(): Promise<Party> {
    return this.party('Agency', await this.world.agency());
  }

  async creator(): Promise<Party> {
    return this.party('Creator', await this.world.creator());
  }

  async brand(): Promise<Party> {
    return this.party('Brand', await this.world.brand());
  }

  private async party(type: string, id: string): Promise<Party> {
    return { id, globalId: toGlobalId(type, id), caller: await this.alliance.memberOf(id) };
  }

  invite(agency: Party, creator: Party, more: object = {}, caller = agency.caller): Promise<Outcome> {
    const input = {
      agencyId: agency.globalId,
      creatorId: creator.globalId,
      shareRate: 2000,
      visibility: ['SHOWCASE', 'ORDERS'],
      ...more,
    };
    return act(caller, 'contractInvite', input, PROPOSAL);
  }

  /** An agency and a creator under contract since now; gives the contract's id with the two. */
  async bond(more: object = {}): Promise<{ agency: Party; creator: Party; contractId: string }> {
    const [agency, creator] = [await this.agency(), await this.creator()];
    const { result } = await this.invite(agency, creator, more);
    const signed = await this.answer(creator, 'contractAccept', result.id);
    return { agency, creator, contractId: signed.result.id };
  }

  propose(by: Party, contractId: string, more: object = {}): Promise<Outcome> {
    const input = { contractId, shareRate: 2500, visibility: ['SHOWCASE', 'ORDERS'], ...more };
    return act(by.caller, 'contractProposeChange', input, PROPOSAL);
  }

  answer(
    by: Party,
    name: 'contractAccept' | 'contractDecline' | 'contractWithdraw',
    proposalId: string,
    more: object = {},
  ): Promise<Outcome> {
    const fields = name === 'contractAccept' ? CONTRACT : PROPOSAL;
    return act(by.caller, name, { proposalId, ...more }, fields);
  }

  end(by: Party, contractId: string, more: object = {}): Promise<Outcome> {
    return act(by.caller, 'contractEnd', { contractId, ...more }, CONTRACT);
  }

  narrow(by: Party, contractId: string, visibility: readonly string[]): Promise<Outcome> {
    return act(by.caller, 'contractNarrowVisibility', { contractId, visibility }, CONTRACT);
  }

  /** The contract as one of its sides reads it, with all its versions and proposals. */
  async read(by: Party, contractId: string): Promise<Json> {
    const query = `query ($id: ID!) { node(id: $id) { ... on CreatorContract { ${CONTRACT}
      versions { nodes { version shareRate visibility validFrom validTo } }
      proposals { nodes { kind state decidedAt } } } } }`;
    return (await by.caller.query(query, { id: contractId })).data.node;
  }

  async proposal(by: Party, id: string): Promise<Json> {
    const query = `query ($id: ID!) { node(id: $id) { ... on ContractProposal { ${PROPOSAL} } } }`;
    return (await by.caller.query(query, { id })).data.node;
  }

  /** The kinds of what a party was told about a contract or a proposal, oldest first. */
  async told(party: Party): Promise<string[]> {
    const rows = await this.alliance.database.rows(sql<{ kind: string }>`
      select kind from outbox_event where ${party.id}::uuid = any(party_ids) order by at, id`);
    return rows.map(({ kind }) => kind);
  }

  close(): Promise<void> {
    return this.alliance.close();
  }
}

/** The first error in one text: its type, the state where it tells one, and where in the input. */
export const why = ({ userErrors, code, result }: Outcome): string => {
  const [error] = userErrors;
  if (error === undefined) return code ?? (result === null ? 'NOTHING' : 'DONE');
  return [error.__typename, error.state, error.path.at(-1)].filter(Boolean).join(' ');
};
