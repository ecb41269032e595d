import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import { connectionOf, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { notFound } from '../../graphql/errors.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { payloadOf } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { AgencyNotCertified, agencyById } from '../agency/index.ts';
import { callForProducts } from './call-for-products.ts';
import type { CampaignAccess } from './campaign.entity.ts';
import { campaignById, type ReadCampaign, runningCampaigns } from './campaign.loaders.ts';
import { CampaignsArgs, RecruitingCampaign } from './campaign.types.ts';
import {
  type CampaignCategoryInput,
  CampaignChangeInput,
  CampaignCloseInput,
  CampaignOpenInput,
} from './campaign-input.types.ts';
import { changeCampaign } from './change-campaign.ts';
import { closeCampaign } from './close-campaign.ts';

const OpenPayload = payloadOf('campaignOpen', 'campaign', () => RecruitingCampaign, [AgencyNotCertified]);
const ChangePayload = payloadOf('campaignChange', 'campaign', () => RecruitingCampaign);
const ClosePayload = payloadOf('campaignClose', 'campaign', () => RecruitingCampaign);
const CampaignConnection = connectionOf(RecruitingCampaign);

@Resolver()
export class CampaignResolver {
  @Access(signedIn)
  @Query(() => CampaignConnection, {
    description: 'The recruiting campaigns that take products now and are open to the caller, newest first.',
  })
  async recruitingCampaigns(@Args(() => CampaignsArgs) args: CampaignsArgs, @Ctx() context: RequestContext) {
    const page = toPage(args, 'recruitingCampaigns');
    const { categoryId, pays } = args.filter ?? {};
    const category = categoryId == null ? undefined : idOfType(categoryId, 'Category');
    if (categoryId != null && category === undefined) throw notFound('Category');
    const scope = { sql: context.database, actor: context.actor, now: context.clock.now() };
    const rows = await runningCampaigns(scope, { categoryId: category, pays }, page);
    return toConnection(rows, page, ({ id }) => [id]);
  }

  @Access(signedIn)
  @Mutation(() => OpenPayload, { description: "Opens an agency's call for products." })
  campaignOpen(
    @Arg('input', () => CampaignOpenInput) input: CampaignOpenInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, { ...found, operation: 'campaignOpen', input }, async (tx) => {
      const now = context.clock.now();
      const { partyIds, minServiceFeeRate: minServiceFeeBp, opensAt, ...rest } = input;
      const agency = await namedRow(tx, input.agencyId, {
        field: 'agencyId',
        type: 'Agency',
        load: agencyById,
        allows: ({ id }) => mayWrite(context.actor, id, 'cooperation:write'),
      });
      const parties = localParties(input.access, partyIds);
      const categories = localCategories(input.categories);
      const call = { ...rest, agencyId: agency.id, partyIds: parties, categories, minServiceFeeBp };
      return read(tx, await callForProducts(tx, { ...call, opensAt: opensAt ?? now }, now), now);
    });
  }

  @Access(signedIn)
  @Mutation(() => ChangePayload, {
    description:
      'Changes a campaign in favour of those who are in it: what brands were promised is not made worse.',
  })
  campaignChange(
    @Arg('input', () => CampaignChangeInput) input: CampaignChangeInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, { ...found, operation: 'campaignChange', input }, async (tx) => {
      const { id, access } = await ownCampaign(tx, context, input.campaignId);
      const partyIds = localParties(access, input.addPartyIds);
      const change = { ...input, campaignId: id, partyIds, categories: localCategories(input.categories) };
      const now = context.clock.now();
      await changeCampaign(tx, change, now);
      return read(tx, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => ClosePayload, {
    description:
      'Closes a campaign: it takes no more products. What is in it ends at the next midnight, or when its brand is no longer bound.',
  })
  campaignClose(
    @Arg('input', () => CampaignCloseInput) input: CampaignCloseInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, { ...found, operation: 'campaignClose', input }, async (tx) => {
      const { id } = await ownCampaign(tx, context, input.campaignId);
      const now = context.clock.now();
      await closeCampaign(tx, id, now);
      return read(tx, id, now);
    });
  }
}

/** The campaign as it stands after the change. */
async function read(tx: MutationTx, id: string, now: Date): Promise<ReadCampaign> {
  tx.loaders.renew(now);
  return (await tx.loaders.one(campaignById, id)) as ReadCampaign;
}

const found = {
  idOf: ({ id }: ReadCampaign) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(campaignById, id),
};

/** A campaign that the caller may act for. */
export const ownCampaign = (tx: MutationTx, { actor }: RequestContext, id: string): Promise<ReadCampaign> =>
  namedRow(tx, id, {
    field: 'campaignId',
    type: 'RecruitingCampaign',
    load: campaignById,
    allows: ({ agencyId }) => mayWrite(actor, agencyId, 'cooperation:write'),
  });

const localCategories = (categories: readonly CampaignCategoryInput[]) =>
  categories.map(({ categoryId, minCommissionRate }) => ({
    categoryId: idOfType(categoryId, 'Category') ?? NO_ID,
    minCommissionBp: minCommissionRate,
  }));

/** Ids of the kind that the campaign names; what is none is not found among them. */
const localParties = (access: CampaignAccess, ids: readonly string[]): string[] =>
  ids.map((id) => idOfType(id, access === 'NAMED_SHOPS' ? 'Brand' : 'Creator') ?? NO_ID);
