import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { payloadOf } from '../../graphql/user-errors.ts';
import { Blocked } from '../account/index.ts';
import { enrolmentById } from '../campaign/index.ts';
import { creatorById } from '../creator/index.ts';
import { createSpreadLink } from './create-spread-link.ts';
import { linkById, type ReadLink } from './link.loaders.ts';
import { PromotionLink, SpreadLinkCreateInput } from './promotion.types.ts';

const LinkPayload = payloadOf('spreadLinkCreate', 'promotionLink', () => PromotionLink, [Blocked]);

@Resolver()
export class SpreadLinkResolver {
  @Access(signedIn)
  @Mutation(() => LinkPayload, {
    description:
      'Makes a promotion link of a SPREAD campaign for a creator, with the part of the rate that is theirs.',
  })
  spreadLinkCreate(
    @Arg('input', () => SpreadLinkCreateInput) input: SpreadLinkCreateInput,
    @Ctx() context: RequestContext,
  ) {
    const find = (tx: MutationTx, id: string): Promise<ReadLink | undefined> => tx.loaders.one(linkById, id);
    const idOf = ({ id }: ReadLink) => id;
    return mutate(context, { operation: 'spreadLinkCreate', input, idOf, find }, async (tx) => {
      const enrolment = await namedRow(tx, input.enrolmentId, {
        field: 'enrolmentId',
        type: 'Enrolment',
        load: enrolmentById,
        allows: ({ agencyId }) => mayWrite(context.actor, agencyId, 'cooperation:write'),
      });
      const creator = await namedRow(tx, input.creatorId, {
        field: 'creatorId',
        type: 'Creator',
        load: creatorById,
      });
      const wanted = { creatorId: creator.id, creatorPartBp: input.creatorRate };
      const { id } = await createSpreadLink(tx, enrolment, wanted, context.clock.now());
      return (await find(tx, id)) as ReadLink;
    });
  }
}
