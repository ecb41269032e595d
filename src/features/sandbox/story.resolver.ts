import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { brandById } from '../brand/index.ts';
import { inSandbox } from './in-sandbox.ts';
import { findStoryRun, runStory, type StoryRun } from './run-story.ts';
import { clockMovers } from './sandbox.access.ts';
import { sandboxOf } from './sandbox-clock.ts';
import { STORIES, type StoryName } from './stories.ts';
import { SandboxStory, SandboxStoryRun, SandboxStoryRunInput } from './story.types.ts';

const RunPayload = payloadOf('sandboxStoryRun', 'run', () => SandboxStoryRun);

@Resolver()
export class StoryResolver {
  @Access(signedIn)
  @Query(() => [SandboxStory], {
    description: 'The ready stories of the sandbox; none in an alliance that is no sandbox.',
  })
  sandboxStories(@Ctx() { clock }: RequestContext) {
    if (sandboxOf(clock) === undefined) return [];
    return (Object.keys(STORIES) as StoryName[]).map((name) => ({ name, ...STORIES[name] }));
  }

  @Access(clockMovers)
  @Mutation(() => RunPayload, {
    description:
      'Runs a ready story in a sandbox: makes its parties and goods, reports its orders, and moves the clock forward from ' +
      'stage to stage, for everybody. For operators, and API keys with sandbox:write.',
  })
  sandboxStoryRun(
    @Arg('input', () => SandboxStoryRunInput) input: SandboxStoryRunInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<StoryRun>> {
    const options = {
      operation: 'sandboxStoryRun',
      input,
      idOf: ({ id }: StoryRun) => id,
      find: findStoryRun,
    };
    return inSandbox(context, options, async (tx, clock, id) => {
      const { story, brandId } = input;
      const brand =
        brandId == null
          ? undefined
          : await namedRow(tx, brandId, {
              field: 'brandId',
              type: 'Brand',
              load: brandById,
              allows: (row) => mayWrite(context.actor, row.id, 'sandbox:write'),
            });
      return runStory(tx, clock, { id, story, brandId: brand?.id });
    });
  }
}
