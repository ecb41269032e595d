import { sql } from 'kysely';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Tx } from '../../db/database.ts';
import { Access, signedIn } from '../../graphql/access.ts';
import { isOperator, mayWrite, partyIds } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { payloadOf, unknown } from '../../graphql/user-errors.ts';
import { notAfter } from '../../kernel/clock.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { isCleanText } from '../../kernel/text.ts';
import { Blocked } from '../account/index.ts';
import { creatorById } from '../creator/index.ts';
import { addToShowcase, createLink, type Pick, removeFromShowcase } from './pick-product.ts';
import { LiveSessionRow, PromotionLinkRow, ShowcaseItemRow } from './promotion.entity.ts';
import { showcaseItemById } from './promotion.loaders.ts';
import {
  ClicksIngested,
  ClicksIngestInput,
  LiveSession,
  LiveSessionEndInput,
  LiveSessionStartInput,
  PickInput,
  PromotionLink,
  ShowcaseItem,
  ShowcaseRemoveInput,
} from './promotion.types.ts';
import { recordClicks } from './record-clicks.ts';
import { endLiveSession, startLiveSession } from './start-live-session.ts';

const AddPayload = payloadOf('showcaseAdd', 'showcaseItem', () => ShowcaseItem, [Blocked]);
const RemovePayload = payloadOf('showcaseRemove', 'showcaseItem', () => ShowcaseItem);
const LinkPayload = payloadOf('promotionLinkCreate', 'promotionLink', () => PromotionLink, [Blocked]);
const StartPayload = payloadOf('liveSessionStart', 'liveSession', () => LiveSession);
const EndPayload = payloadOf('liveSessionEnd', 'liveSession', () => LiveSession);
const ClicksPayload = payloadOf('clicksIngest', 'ingested', () => ClicksIngested);

const MAX_CLICKS = 1000;
const idOf = ({ id }: { id: string }): string => id;

@Resolver()
export class PromotionResolver {
  @Access(signedIn)
  @Mutation(() => AddPayload, {
    description: 'Puts a product of the pool into a showcase. Picking it again is no error.',
  })
  showcaseAdd(@Arg('input', () => PickInput) input: PickInput, @Ctx() context: RequestContext) {
    const find = (tx: Tx, id: string) => tx.em.findOneOrFail(ShowcaseItemRow, { id });
    return mutate(context, { operation: 'showcaseAdd', input, idOf, find }, async (tx) =>
      addToShowcase(tx, await toPick(context, tx, input), context.clock.now()),
    );
  }

  @Access(signedIn)
  @Mutation(() => RemovePayload, {
    description: 'Takes a product out of a showcase. Orders placed keep what they have.',
  })
  showcaseRemove(
    @Arg('input', () => ShowcaseRemoveInput) input: ShowcaseRemoveInput,
    @Ctx() context: RequestContext,
  ) {
    const find = (tx: Tx, id: string) => tx.em.findOneOrFail(ShowcaseItemRow, { id });
    return mutate(context, { operation: 'showcaseRemove', input, idOf, find }, async (tx) => {
      const itemId = idOfType(input.showcaseItemId, 'ShowcaseItem') ?? NO_ID;
      const item = await tx.loaders.one(showcaseItemById, itemId);
      const creatorId = requireWriter(context, item?.creatorId, 'showcaseItemId');
      return removeFromShowcase(tx, { creatorId, itemId }, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => LinkPayload, {
    description: 'Makes a tracking code for a creator and a product of the pool.',
  })
  promotionLinkCreate(@Arg('input', () => PickInput) input: PickInput, @Ctx() context: RequestContext) {
    const find = (tx: Tx, id: string) => tx.em.findOneOrFail(PromotionLinkRow, { id });
    return mutate(context, { operation: 'promotionLinkCreate', input, idOf, find }, async (tx) =>
      createLink(tx, await toPick(context, tx, input), context.clock.now()),
    );
  }

  @Access(signedIn)
  @Mutation(() => StartPayload, {
    description: 'Begins a live session: orders that name it are credited to its creator.',
  })
  liveSessionStart(
    @Arg('input', () => LiveSessionStartInput) input: LiveSessionStartInput,
    @Ctx() context: RequestContext,
  ) {
    const find = (tx: Tx, id: string) => tx.em.findOneOrFail(LiveSessionRow, { id });
    return mutate(context, { operation: 'liveSessionStart', input, idOf, find }, async (tx) => {
      const creatorId = await requireCreator(context, tx, input.creatorId);
      return startLiveSession(tx, { creatorId, title: input.title }, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => EndPayload, { description: 'Ends a live session. Ending it again changes nothing.' })
  liveSessionEnd(
    @Arg('input', () => LiveSessionEndInput) input: LiveSessionEndInput,
    @Ctx() context: RequestContext,
  ) {
    const find = (tx: Tx, id: string) => tx.em.findOneOrFail(LiveSessionRow, { id });
    return mutate(context, { operation: 'liveSessionEnd', input, idOf, find }, async (tx) => {
      const id = idOfType(input.liveSessionId, 'LiveSession') ?? NO_ID;
      const [before] = await tx.rows(sql<{ creatorId: string }>`
        select creator_id as "creatorId" from live_session where id = ${id} for update`);
      requireWriter(context, before?.creatorId, 'liveSessionId');
      return endLiveSession(tx, id, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => ClicksPayload, {
    description: "Keeps buyers' clicks for attribution. For operators and API keys with orders:write.",
  })
  clicksIngest(
    @Arg('input', () => ClicksIngestInput) input: ClicksIngestInput,
    @Ctx() context: RequestContext,
  ) {
    const options = {
      operation: 'clicksIngest',
      input,
      idOf: ({ kept }: ClicksIngested) => String(kept),
      find: async (_tx: Tx, kept: string) => ({ kept: Number(kept) }),
    };
    return mutate(context, options, async (tx) => {
      if (!mayReportClicks(context)) throw unknown(['input'], 'right to report clicks');
      const { length } = input.clicks;
      const checks = new Checks().that(
        length >= 1 && length <= MAX_CLICKS,
        'clicks',
        `1 to ${MAX_CLICKS} clicks a call.`,
      );
      for (const [i, { buyerRef, linkCode, clickedAt }] of input.clicks.slice(0, MAX_CLICKS).entries()) {
        checks
          .text(buyerRef, `clicks.${i}.buyerRef`, 1, 100)
          .that(isCleanText(linkCode), `clicks.${i}.linkCode`, 'A link code holds letters and digits.')
          .that(
            notAfter(clickedAt, context.clock.now()),
            `clicks.${i}.clickedAt`,
            'A click lies in the past.',
          );
      }
      checks.done();
      const brandIds = isOperator(context.actor) ? undefined : partyIds(context.actor);
      return { kept: await recordClicks(tx, input.clicks, brandIds) };
    });
  }
}

/** Clicks decide who is paid: only operators report them, and systems that may report orders. */
const mayReportClicks = ({ actor }: RequestContext): boolean =>
  (isOperator(actor) || actor.kind === 'API_KEY') &&
  actor.seats.some(({ partyId }) => mayWrite(actor, partyId, 'orders:write'));

/** The creator that an input names, who must be there and the caller's to act for. */
async function requireCreator(context: RequestContext, tx: MutationTx, globalId: string): Promise<string> {
  const creator = await tx.loaders.one(creatorById, idOfType(globalId, 'Creator') ?? NO_ID);
  return requireWriter(context, creator?.id, 'creatorId');
}

function requireWriter(context: RequestContext, creatorId: string | undefined, field: string): string {
  if (creatorId !== undefined && mayWrite(context.actor, creatorId, 'cooperation:write')) return creatorId;
  throw unknown(['input', field], 'creator');
}

async function toPick(context: RequestContext, tx: MutationTx, input: PickInput): Promise<Pick> {
  const enrolmentId = input.enrolmentId == null ? null : (idOfType(input.enrolmentId, 'Enrolment') ?? NO_ID);
  const productId = idOfType(input.productId, 'Product') ?? NO_ID;
  return {
    creatorId: await requireCreator(context, tx, input.creatorId),
    productId,
    enrolmentId,
  };
}
