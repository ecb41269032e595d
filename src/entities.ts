import { EntitySchema } from '@mikro-orm/postgresql';
import * as account from './features/account/account.entity.ts';
import * as agency from './features/agency/agency.entity.ts';
import * as belt from './features/agency/belt.entity.ts';
import * as certification from './features/agency/certification.entity.ts';
import * as block from './features/block/block.entity.ts';
import * as brand from './features/brand/brand.entity.ts';
import * as campaign from './features/campaign/campaign.entity.ts';
import * as contract from './features/contract/contract.entity.ts';
import * as creator from './features/creator/creator.entity.ts';
import * as engagement from './features/engagement/engagement.entity.ts';
import * as plan from './features/plan/plan.entity.ts';
import * as product from './features/product/product.entity.ts';
import * as promotion from './features/promotion/promotion.entity.ts';
import * as sample from './features/sample/sample.entity.ts';

/** The rows of all features that the unit of work knows; a new file of rows is added here. */
export const entities: EntitySchema[] = [
  account,
  agency,
  belt,
  certification,
  brand,
  contract,
  creator,
  product,
  plan,
  campaign,
  promotion,
  engagement,
  block,
  sample,
]
  .flatMap((rows) => Object.values<unknown>(rows))
  .filter((row) => row instanceof EntitySchema);
