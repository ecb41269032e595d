import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, operatorsOnly, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { productById } from '../product/index.ts';
import { type EventProductRow, eventProductById, waitingProducts } from './event-product.loaders.ts';
import {
  EventProductRegisterInput,
  EventProductReviewInput,
  EventProductWithdrawInput,
  OfficialEventProduct,
} from './event-product.types.ts';
import { officialEventById } from './official-event.loaders.ts';
import { registerProduct, reviewProduct, withdrawProduct } from './register-product.ts';

const RegisterPayload = payloadOf('eventProductRegister', 'eventProduct', () => OfficialEventProduct);
const WithdrawPayload = payloadOf('eventProductWithdraw', 'eventProduct', () => OfficialEventProduct);
const ReviewPayload = payloadOf('eventProductReview', 'eventProduct', () => OfficialEventProduct);
const ProductConnection = connectionOf(OfficialEventProduct);

type Answer = Promise<Payload<EventProductRow>>;

const found = {
  idOf: ({ id }: EventProductRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(eventProductById, id),
};
const constraints = {
  one_official_event_at_a_time: (): UserErrorValue => ({
    __typename: 'StateConflict',
    message: 'The product is registered for another official event in that time.',
    path: ['input', 'productId'],
    state: 'REGISTERED',
  }),
};
const NAMED = { field: 'eventProductId', type: 'OfficialEventProduct', load: eventProductById };

@Resolver()
export class EventProductResolver {
  @Access(operatorsOnly)
  @Query(() => ProductConnection, {
    description:
      'Products that wait to be reviewed for official events that have not started, the oldest first.',
  })
  async waitingEventProducts(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, clock }: RequestContext,
  ) {
    const page = toPage(args, 'waitingEventProducts');
    return toConnection(await database.rows(waitingProducts(page, clock.now())), page, ({ id }) => [id]);
  }

  @Access(signedIn)
  @Mutation(() => RegisterPayload, {
    description: 'Registers a product for an official event; an operator reviews it before the event starts.',
  })
  eventProductRegister(
    @Arg('input', () => EventProductRegisterInput) input: EventProductRegisterInput,
    @Ctx() context: RequestContext,
  ): Answer {
    const options = { ...found, operation: 'eventProductRegister', input, constraints };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const { id: productId } = await namedRow(tx, input.productId, {
        field: 'productId',
        type: 'Product',
        load: productById,
        allows: ({ brandId }) => mayWrite(context.actor, brandId, 'catalogue:write'),
      });
      const naming = { field: 'officialEventId', type: 'OfficialEvent', load: officialEventById };
      const { id: eventId } = await namedRow(tx, input.officialEventId, naming);
      const id = await registerProduct(tx, { eventId, productId }, now);
      return readAgain(tx, eventProductById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => WithdrawPayload, { description: 'Takes a product back before the official event starts.' })
  eventProductWithdraw(
    @Arg('input', () => EventProductWithdrawInput) input: EventProductWithdrawInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return mutate(context, { ...found, operation: 'eventProductWithdraw', input }, async (tx) => {
      const now = context.clock.now();
      const allows = ({ brandId }: EventProductRow) => mayWrite(context.actor, brandId, 'catalogue:write');
      const { id } = await namedRow(tx, input.eventProductId, { ...NAMED, allows });
      await withdrawProduct(tx, id, now);
      return readAgain(tx, eventProductById, id, now);
    });
  }

  @Access(actingOperators)
  @Mutation(() => ReviewPayload, {
    description:
      'Approves or rejects a product before the official event starts, or removes an approved one also while it runs.',
  })
  eventProductReview(
    @Arg('input', () => EventProductReviewInput) input: EventProductReviewInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return mutate(context, { ...found, operation: 'eventProductReview', input }, async (tx) => {
      const now = context.clock.now();
      const { id } = await namedRow(tx, input.eventProductId, NAMED);
      await reviewProduct(tx, { id, decision: input.decision, note: input.note ?? null }, now);
      return readAgain(tx, eventProductById, id, now);
    });
  }
}
