import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, operatorsOnly, signedIn } from '../../graphql/access.ts';
import { type Actor, mayOperate, mayWrite } from '../../graphql/actor.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { Blocked } from '../account/index.ts';
import { AgencyNotCertified } from '../agency/index.ts';
import { checkDocument } from './check-document.ts';
import { confirmStory, rejectStory, revokeStory, verifyStory, withdrawStory } from './decide-story.ts';
import { readSubmission } from './read-submission.ts';
import {
  SourceDocumentCheck,
  SourceStory,
  SourceStoryEndInput,
  SourceStoryMoveInput,
  SourceStorySubmitInput,
} from './source.types.ts';
import { type StoryRow, storyById, waitingStories } from './story.loaders.ts';
import { submitStory } from './submit-story.ts';

const COOPERATION = [Blocked, AgencyNotCertified];
const SubmitPayload = payloadOf('sourceStorySubmit', 'sourceStory', () => SourceStory, COOPERATION);
const ConfirmPayload = payloadOf('sourceStoryConfirm', 'sourceStory', () => SourceStory, COOPERATION);
const VerifyPayload = payloadOf('sourceStoryVerify', 'sourceStory', () => SourceStory);
const RejectPayload = payloadOf('sourceStoryReject', 'sourceStory', () => SourceStory);
const WithdrawPayload = payloadOf('sourceStoryWithdraw', 'sourceStory', () => SourceStory);
const RevokePayload = payloadOf('sourceStoryRevoke', 'sourceStory', () => SourceStory);
const StoryConnection = connectionOf(SourceStory);

type Answer = Promise<Payload<StoryRow>>;

const found = {
  idOf: ({ id }: StoryRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(storyById, id),
};
const constraints = {
  one_source_story_waits_per_product: (): UserErrorValue => ({
    __typename: 'StateConflict',
    message: 'Another version of its story waits already.',
    path: ['input', 'productId'],
    state: 'SUBMITTED',
  }),
};

@Resolver()
export class SourceStoryResolver {
  @Access(operatorsOnly)
  @Query(() => StoryConnection, {
    description:
      'The source stories that were submitted and not decided, the oldest first; SUBMITTED with a belt waits for its agency.',
  })
  async waitingSourceStories(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, clock }: RequestContext,
  ) {
    const page = toPage(args, 'waitingSourceStories');
    return toConnection(await database.rows(waitingStories(page, clock.now())), page, ({ id }) => [id]);
  }

  @Access(signedIn)
  @Query(() => SourceDocumentCheck, {
    description:
      'Compares a file by its SHA-256 with the documents that prove the source of a product. For whoever sees the product.',
  })
  sourceDocumentCheck(
    @Arg('productId', () => ID, { description: 'The product.' }) productId: string,
    @Arg('sha256', () => String, { description: 'The SHA-256 of the file, in 64 hexadecimal digits.' })
    sha256: string,
    @Ctx() { loaders, actor }: RequestContext,
  ) {
    return checkDocument(loaders, actor, idOfType(productId, 'Product') ?? NO_ID, sha256);
  }

  @Access(signedIn)
  @Mutation(() => SubmitPayload, {
    description:
      'Submits a version of the source story of a product: by its brand, or by the agency of the belt of the brand, which ' +
      'confirms it by that.',
  })
  sourceStorySubmit(
    @Arg('input', () => SourceStorySubmitInput) input: SourceStorySubmitInput,
    @Ctx() context: RequestContext,
  ): Answer {
    const options = { ...found, operation: 'sourceStorySubmit', input, constraints };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const id = await submitStory(tx, await readSubmission(tx, context.actor, input), now);
      return readAgain(tx, storyById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => ConfirmPayload, { description: 'The agency of the belt stands for a source story.' })
  sourceStoryConfirm(
    @Arg('input', () => SourceStoryMoveInput) input: SourceStoryMoveInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return move(context, 'sourceStoryConfirm', input, isAgency, confirmStory);
  }

  @Access(actingOperators)
  @Mutation(() => VerifyPayload, {
    description:
      'Verifies a source story, which is shown with its product from now on in the place of the one before. One that names ' +
      'a belt was confirmed by its agency.',
  })
  sourceStoryVerify(
    @Arg('input', () => SourceStoryMoveInput) input: SourceStoryMoveInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return move(context, 'sourceStoryVerify', input, () => true, verifyStory);
  }

  @Access(signedIn)
  @Mutation(() => RejectPayload, {
    description:
      'Rejects a source story with the reason: the agency of the belt before it confirms, or an operator.',
  })
  sourceStoryReject(
    @Arg('input', () => SourceStoryEndInput) input: SourceStoryEndInput,
    @Ctx() context: RequestContext,
  ): Answer {
    const by = mayOperate(context.actor, 'cooperation:write') ? 'OPERATOR' : 'AGENCY';
    return move(context, 'sourceStoryReject', input, isAgency, (tx, story, now) =>
      rejectStory(tx, story, input.reason, by, now),
    );
  }

  @Access(signedIn)
  @Mutation(() => WithdrawPayload, {
    description:
      'Takes a source story back before it is verified, by the brand or by the agency that submitted it.',
  })
  sourceStoryWithdraw(
    @Arg('input', () => SourceStoryMoveInput) input: SourceStoryMoveInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return move(context, 'sourceStoryWithdraw', input, maySubmit, withdrawStory);
  }

  @Access(signedIn)
  @Mutation(() => RevokePayload, {
    description:
      'Ends a verified source story now, with the reason: by an operator, or by the agency of the belt that stands for it. ' +
      'Lines that were placed before keep it.',
  })
  sourceStoryRevoke(
    @Arg('input', () => SourceStoryEndInput) input: SourceStoryEndInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return move(context, 'sourceStoryRevoke', input, isAgency, (tx, story, now) =>
      revokeStory(tx, story, input.reason, now),
    );
  }
}

/** The agency of the belt, or an operator. */
const isAgency = (actor: Actor, { agencyId }: StoryRow): boolean =>
  mayOperate(actor, 'cooperation:write') ||
  (agencyId !== null && mayWrite(actor, agencyId, 'cooperation:write'));

const maySubmit = (actor: Actor, { brandId, submittedBy }: StoryRow): boolean =>
  mayWrite(actor, brandId, 'catalogue:write') ||
  (submittedBy !== brandId && mayWrite(actor, submittedBy, 'cooperation:write'));

function move(
  context: RequestContext,
  operation: string,
  input: SourceStoryMoveInput,
  allows: (actor: Actor, story: StoryRow) => boolean,
  work: (tx: MutationTx, story: StoryRow, now: Date) => Promise<void>,
): Answer {
  return mutate(context, { ...found, operation, input }, async (tx) => {
    const now = context.clock.now();
    const story = await namedRow(tx, input.sourceStoryId, {
      field: 'sourceStoryId',
      type: 'SourceStory',
      load: storyById,
      allows: (row) => allows(context.actor, row),
    });
    await work(tx, story, now);
    return readAgain(tx, storyById, story.id, now);
  });
}
