import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { Blocked } from '../account/index.ts';
import { LiveSession, type LiveSessionRow, liveSessionById } from '../promotion/index.ts';
import { type LiveItemRow, type LiveOfferRow, liveItemById, liveOfferById } from './cart.loaders.ts';
import {
  LiveCartArrangeInput,
  LiveItem,
  LiveItemAddInput,
  LiveItemPinInput,
  LiveItemRemoveInput,
  LiveOffer,
  LiveOfferSetInput,
} from './cart.types.ts';
import { addLiveItem, arrangeCart, pinLiveItem, removeLiveItem } from './fill-cart.ts';
import { setLiveOffer } from './set-live-offer.ts';

const AddPayload = payloadOf('liveItemAdd', 'liveItem', () => LiveItem, [Blocked]);
const RemovePayload = payloadOf('liveItemRemove', 'liveItem', () => LiveItem);
const PinPayload = payloadOf('liveItemPin', 'liveItem', () => LiveItem);
const ArrangePayload = payloadOf('liveCartArrange', 'liveSession', () => LiveSession);
const OfferPayload = payloadOf('liveOfferSet', 'liveOffer', () => LiveOffer);

const idOf = ({ id }: { id: string }): string => id;
const findItem = (tx: MutationTx, id: string) => tx.loaders.one(liveItemById, id);

@Resolver()
export class LiveCartResolver {
  @Access(signedIn)
  @Mutation(() => AddPayload, {
    description:
      'Puts a product into the cart of a running live session. One that is there already is no error.',
  })
  liveItemAdd(
    @Arg('input', () => LiveItemAddInput) input: LiveItemAddInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveItemRow>> {
    return mutate(context, { operation: 'liveItemAdd', input, idOf, find: findItem }, async (tx) => {
      const now = context.clock.now();
      const { id: liveSessionId, creatorId } = await ownSession(tx, context, input.liveSessionId);
      const productId = idOfType(input.productId, 'Product') ?? NO_ID;
      const id = await addLiveItem(tx, { liveSessionId, creatorId, productId }, now);
      return readAgain(tx, liveItemById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => RemovePayload, {
    description: 'Takes an item out of the cart; what its offers have left goes back to the stock.',
  })
  liveItemRemove(
    @Arg('input', () => LiveItemRemoveInput) input: LiveItemRemoveInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveItemRow>> {
    return mutate(context, { operation: 'liveItemRemove', input, idOf, find: findItem }, async (tx) => {
      const item = await ownItem(tx, context, input.liveItemId);
      await removeLiveItem(tx, item, context.clock.now());
      return readAgain(tx, liveItemById, item.id, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => PinPayload, {
    description: 'Pins an item, in place of the one that is pinned, or pins it no longer.',
  })
  liveItemPin(
    @Arg('input', () => LiveItemPinInput) input: LiveItemPinInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveItemRow>> {
    return mutate(context, { operation: 'liveItemPin', input, idOf, find: findItem }, async (tx) => {
      const item = await ownItem(tx, context, input.liveItemId);
      await pinLiveItem(tx, item, input.pinned);
      return readAgain(tx, liveItemById, item.id, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => ArrangePayload, { description: 'Puts the items of a cart into another order.' })
  liveCartArrange(
    @Arg('input', () => LiveCartArrangeInput) input: LiveCartArrangeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveSessionRow>> {
    const find = (tx: MutationTx, id: string) => tx.loaders.one(liveSessionById, id);
    return mutate(context, { operation: 'liveCartArrange', input, idOf, find }, async (tx) => {
      const session = await ownSession(tx, context, input.liveSessionId);
      const itemIds = input.liveItemIds.map((id) => idOfType(id, 'LiveItem') ?? NO_ID);
      await arrangeCart(tx, session.id, itemIds);
      return readAgain(tx, liveSessionById, session.id, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => OfferPayload, {
    description:
      'Sets a price and a stock for one live session alone; for the brand. The pieces are set aside from the stock of the ' +
      'SKU, and what is not sold goes back to it.',
  })
  liveOfferSet(
    @Arg('input', () => LiveOfferSetInput) input: LiveOfferSetInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveOfferRow>> {
    const find = (tx: MutationTx, id: string) => tx.loaders.one(liveOfferById, id);
    return mutate(context, { operation: 'liveOfferSet', input, idOf, find }, async (tx) => {
      const allows = ({ brandId }: LiveItemRow) => mayWrite(context.actor, brandId, 'catalogue:write');
      const naming = { field: 'liveItemId', type: 'LiveItem', load: liveItemById, allows };
      const item = await namedRow(tx, input.liveItemId, naming);
      const { priceMinor, stock, payWithinMinutes } = input;
      const wanted = { skuId: idOfType(input.skuId, 'Sku') ?? NO_ID, priceMinor, stock, payWithinMinutes };
      const id = await setLiveOffer(tx, item, wanted, context.clock.now());
      return readAgain(tx, liveOfferById, id, context.clock.now());
    });
  }
}

/** The session of the caller that an input names. */
export const ownSession = (tx: MutationTx, { actor }: RequestContext, id: string): Promise<LiveSessionRow> =>
  namedRow(tx, id, {
    field: 'liveSessionId',
    type: 'LiveSession',
    load: liveSessionById,
    allows: ({ creatorId }) => mayWrite(actor, creatorId, 'cooperation:write'),
  });

/** The item, in the cart of a session of the caller, that an input names. */
async function ownItem(tx: MutationTx, { actor }: RequestContext, id: string): Promise<LiveItemRow> {
  const item = await namedRow(tx, id, { field: 'liveItemId', type: 'LiveItem', load: liveItemById });
  const session = await tx.loaders.one(liveSessionById, item.liveSessionId);
  if (session !== undefined && mayWrite(actor, session.creatorId, 'cooperation:write')) return item;
  throw unknown(['input', 'liveItemId'], 'live item');
}
