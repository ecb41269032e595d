import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, type UserErrorValue, wrongState } from '../../graphql/user-errors.ts';
import { Blocked } from '../account/index.ts';
import { Brand, brandById, type NamedBrand } from '../brand/index.ts';
import { answerJoin, askToJoin } from './ask-to-join.ts';
import type { BeltRow } from './belt.entity.ts';
import { beltById, beltJoinById, type ReadBeltJoin } from './belt.loaders.ts';
import {
  BeltJoin,
  BeltJoinAnswerInput,
  BeltJoinInput,
  BeltJoinWithdrawInput,
  BeltLeaveInput,
} from './belt.types.ts';
import { leaveBelt } from './leave-belt.ts';

const JoinPayload = payloadOf('beltJoin', 'join', () => BeltJoin, [Blocked]);
const AnswerPayload = payloadOf('beltJoinAnswer', 'join', () => BeltJoin, [Blocked]);
const WithdrawPayload = payloadOf('beltJoinWithdraw', 'join', () => BeltJoin);
const LeavePayload = payloadOf('beltLeave', 'brand', () => Brand);

const found = {
  idOf: ({ id }: ReadBeltJoin) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(beltJoinById, id),
};
const constraints = {
  one_open_request_per_brand: (): UserErrorValue => ({
    __typename: 'StateConflict',
    message: 'The brand has asked a belt already. Wait for the answer, or withdraw the request.',
    path: ['input', 'brandId'],
    state: 'ASKED',
  }),
};

@Resolver()
export class BeltJoinResolver {
  @Access(signedIn)
  @Mutation(() => JoinPayload, {
    description: 'Asks the agency of an industrial belt to take a brand in; also to move from another belt.',
  })
  async beltJoin(
    @Arg('input', () => BeltJoinInput) input: BeltJoinInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadBeltJoin>> {
    return mutate(context, { ...found, operation: 'beltJoin', input, constraints }, async (tx) => {
      const now = context.clock.now();
      const allows = ({ id }: NamedBrand) => mayWrite(context.actor, id, 'cooperation:write');
      const brand = await namedRow(tx, input.brandId, { ...BRAND, allows });
      const belt = await namedRow(tx, input.beltId, {
        field: 'beltId',
        type: 'IndustrialBelt',
        load: beltById,
      });
      new Checks().text(input.message, 'message', 0, 1000).done();
      return readAgain(tx, beltJoinById, await askToJoin(tx, brand, belt, input.message, now), now);
    });
  }

  @Access(signedIn)
  @Mutation(() => AnswerPayload, {
    description: 'Takes a brand that has asked into the belt, or declines with a reason.',
  })
  async beltJoinAnswer(
    @Arg('input', () => BeltJoinAnswerInput) input: BeltJoinAnswerInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadBeltJoin>> {
    return mutate(context, { ...found, operation: 'beltJoinAnswer', input }, async (tx) => {
      const now = context.clock.now();
      const id = await named(tx, input.joinId, (row) =>
        mayWrite(context.actor, row.agencyId, 'cooperation:write'),
      );
      const { accept, reason = null } = input;
      new Checks()
        .text(reason ?? 'none', 'reason', 1, 500)
        .that(accept === (reason === null), 'reason', 'Who declines says why; who accepts does not.')
        .done();
      await answerJoin(tx, id, accept ? 'ACCEPTED' : 'DECLINED', reason, now);
      return readAgain(tx, beltJoinById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => WithdrawPayload, { description: 'Takes a request to join a belt back.' })
  async beltJoinWithdraw(
    @Arg('input', () => BeltJoinWithdrawInput) input: BeltJoinWithdrawInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadBeltJoin>> {
    return mutate(context, { ...found, operation: 'beltJoinWithdraw', input }, async (tx) => {
      const now = context.clock.now();
      const id = await named(tx, input.joinId, (row) =>
        mayWrite(context.actor, row.brandId, 'cooperation:write'),
      );
      await answerJoin(tx, id, 'WITHDRAWN', null, now);
      return readAgain(tx, beltJoinById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => LeavePayload, {
    description: 'Ends that a brand belongs to its belt, by the brand or by the agency of the belt.',
  })
  async beltLeave(
    @Arg('input', () => BeltLeaveInput) input: BeltLeaveInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<NamedBrand>> {
    const brandFound = { idOf: ({ id }: NamedBrand) => id, find: findBrand };
    return mutate(context, { ...brandFound, operation: 'beltLeave', input }, async (tx) => {
      const now = context.clock.now();
      const brand = await namedRow(tx, input.brandId, BRAND);
      const belt = await beltOf(tx, brand);
      const sides = [brand.id, ...(belt === undefined ? [] : [belt.agencyId])];
      const isSide = sides.some((id) => mayWrite(context.actor, id, 'cooperation:write'));
      await namedRow(tx, input.brandId, { ...BRAND, allows: () => isSide });
      if (belt === undefined)
        throw wrongState(['input', 'brandId'], 'NO_BELT', 'The brand belongs to no belt.');
      await leaveBelt(tx, brand, belt, now);
      return readAgain(tx, brandById, brand.id, now);
    });
  }
}

const BRAND = { field: 'brandId', type: 'Brand', load: brandById };

const findBrand = (tx: MutationTx, id: string) => tx.loaders.one(brandById, id);

async function beltOf(tx: MutationTx, { beltId }: NamedBrand): Promise<BeltRow | undefined> {
  return beltId == null ? undefined : tx.loaders.one(beltById, beltId);
}

async function named(tx: MutationTx, id: string, allows: (row: ReadBeltJoin) => boolean): Promise<string> {
  return (await namedRow(tx, id, { field: 'joinId', type: 'BeltJoin', load: beltJoinById, allows })).id;
}
