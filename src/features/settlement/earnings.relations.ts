import { selfAndOperators } from '../../graphql/access.ts';
import { relate, type ToOne, type ToPage } from '../../graphql/relation.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { campaignById, RecruitingCampaign } from '../campaign/index.ts';
import { Creator, type NamedCreator, readersOf } from '../creator/index.ts';
import { Plan, planById } from '../plan/index.ts';
import { Product, productById } from '../product/index.ts';
import { LiveSession, linkById, liveSessionById, PromotionLink } from '../promotion/index.ts';
import { costsOfBrand, type EarningsBy, type EarningsRow, earningsOfPayee } from './earnings.loaders.ts';
import { EarningsArgs, EarningsGroup } from './earnings.types.ts';

const page = <Parent extends { readonly id: string }>(more: Partial<ToPage<Parent>>): ToPage<Parent> => ({
  kind: 'page',
  type: () => EarningsGroup,
  description: 'What it earns, put together by day, plan, product, content or campaign, on both tracks.',
  key: ({ id }) => id,
  load: earningsOfPayee,
  args: () => EarningsArgs,
  ...more,
});

/** What a group is of, where it is put together by that; null also where it is not open to the caller. */
const toGroup = (
  by: EarningsBy,
  type: ToOne<EarningsRow>['type'],
  load: ToOne<EarningsRow>['load'],
  what: string,
): ToOne<EarningsRow> => ({
  kind: 'one',
  type,
  description: `${what}, where it is by that and open to the caller.`,
  key: (row) => (row.by === by && row.groupKey !== '' ? row.groupKey : null),
  load,
  nullable: true,
});

export const earningsRelations = [
  ...relate<NamedCreator>(Creator, { earnings: page<NamedCreator>({ access: readersOf('EARNINGS') }) }),
  ...relate<NamedAgency>(Agency, { earnings: page<NamedAgency>({ access: selfAndOperators }) }),
  ...relate<NamedBrand>(Brand, {
    commissionCosts: page<NamedBrand>({
      description: 'What it pays in commissions and fees, put together the same way, on both tracks.',
      load: costsOfBrand,
      access: selfAndOperators,
    }),
  }),
  ...relate<EarningsRow>(EarningsGroup, {
    plan: toGroup('PLAN', () => Plan, planById, 'The plan'),
    product: toGroup('PRODUCT', () => Product, productById, 'The product'),
    liveSession: toGroup('CONTENT', () => LiveSession, liveSessionById, 'The live session'),
    promotionLink: toGroup('CONTENT', () => PromotionLink, linkById, 'The promotion link'),
    campaign: toGroup('CAMPAIGN', () => RecruitingCampaign, campaignById, 'The campaign'),
  }),
];
