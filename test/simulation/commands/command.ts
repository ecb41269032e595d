import fc from 'fast-check';
import type { Database } from '../../../src/db/database.ts';
import { type PartyKind, SCOPES } from '../../../src/graphql/actor.ts';
import type { RequestContext } from '../../../src/graphql/context.ts';
import { LoaderCache } from '../../../src/graphql/loaders.ts';
import type { Payload } from '../../../src/graphql/user-errors.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { type Death, Died, dyingDatabase } from '../dying.ts';
import type { Lane, World } from '../lane.ts';
import type { Model } from '../model/model.ts';
import { MINUTE } from '../model/words.ts';
import type { Seen } from '../observe.ts';
import type { Tally } from '../tally.ts';

/** The product, beside the model. */
export interface Real {
  readonly world: World;
  readonly lane: Lane;
  readonly tally: Tally;
  /** What was seen last, and agreed with the model. */
  seen: Seen;
}

export type Command = fc.AsyncCommand<Model, Real>;

/** Something that can happen in a history. */
export interface Act<Data> {
  readonly name: string;
  /** Whether it makes sense as the model stands. */
  readonly may?: (model: Model, data: Data) => boolean;
  /** Does it to both, and compares them. A minute has passed. */
  readonly run: (model: Model, real: Real, data: Data) => Promise<void>;
}

/** A command of an act with any data. */
export const commandOf = <Data>(act: Act<Data>, data: fc.Arbitrary<Data>): fc.Arbitrary<Command> =>
  data.map((value) => ({
    check: (model: Readonly<Model>) => act.may?.(model, value) ?? true,
    async run(model: Model, real: Real): Promise<void> {
      model.now += MINUTE;
      await act.run(model, real, value);
      real.tally.count(act.name);
    },
    toString: () => `${act.name}(${fc.stringify(value)})`,
  }));

/** Now and then the process dies at any of the first statements, or when all is done and nobody was told. */
export const deathArb: fc.Arbitrary<Death | null> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  fc.record({ atStatement: fc.nat(34), isCut: fc.nat(3).map((n) => n === 0) }),
);

/** Does work in a process that may die, and then again in the one that comes after it. */
export async function survive<Result>(
  { world, tally }: Real,
  death: Death | null,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  if (death === null) return work(world.database);
  try {
    return await work(dyingDatabase(world.database, death));
  } catch (error) {
    if (!isDeath(error)) throw error;
    tally.count('crash');
    return work(world.database);
  }
}

/** MikroORM may have wrapped it. */
const isDeath = (error: unknown): boolean =>
  error instanceof Died ||
  (error instanceof Error &&
    /has died|terminated|terminating/.test(`${error.message} ${String(error.cause)}`));

type Mutation<Input, Result> = (input: Input, context: RequestContext) => Promise<Payload<Result>>;

/** Who calls a mutation, and when. */
export interface Caller {
  readonly partyId: string;
  readonly partyKind: PartyKind;
  readonly now: number;
}

/**
 * Calls a mutation under one idempotency key, in a process that may die, and after that once more: all answers are the
 * same. Gives the result, or undefined where it is refused.
 */
export async function callTwice<Input, Result extends { readonly id: string }>(
  real: Real,
  { partyId, partyKind, now }: Caller,
  death: Death | null,
  mutation: Mutation<Input, Result>,
  input: Omit<Input, 'idempotencyKey'>,
): Promise<Result | undefined> {
  const keyed = { ...input, idempotencyKey: `key-${now}-${partyId}` } as Input;
  const call = async (database: Database) => {
    const scopes = new Set(SCOPES);
    const seats = [{ partyId, partyKind, role: 'OWNER' as const }];
    const actor = { kind: 'API_KEY', apiKeyId: partyId, name: 'simulation', seats, scopes } as const;
    const at = new Date(now);
    const loaders = new LoaderCache({ sql: database, actor, now: at });
    const context = { actor, database, clock: { now: () => at }, requestId: newId(), loaders };
    return (await mutation(keyed, context)).result ?? undefined;
  };
  const first = await survive(real, death, call);
  const second = await call(real.world.database);
  if (first?.id !== second?.id) throw new Error(`The same key gave ${first?.id} and then ${second?.id}.`);
  return first;
}

/** One of a list by any number; the list has some. */
export const pickOf = <Item>(list: readonly Item[], pick: number): Item => list[pick % list.length] as Item;

/** A list in another order, by a number. */
export const shuffled = <Item>(list: readonly Item[], by: number): Item[] =>
  list
    .map((item, i) => ({ item, key: Math.imul(i + 1, by * 2 + 1) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
