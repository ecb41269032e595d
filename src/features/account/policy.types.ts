import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BasisPointsScalar, BigIntText, Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { PolicyRow } from './account.entity.ts';
import { OWN_VALUES } from './change-policy.ts';
import { policyById } from './policy.loaders.ts';
import type { PayoutSchedule } from './policy-presets.ts';

const PolicyPresetEnum = declareEnum('PolicyPreset', 'The rules of a known alliance, as a starting point.', {
  KUAISHOU: 'Kuaishou 好物联盟: seven days of holding, a tenth of the commission as technical fee.',
  DOUYIN: 'Douyin 精选联盟: fifteen days of holding.',
  TIKTOK: 'TikTok Shop Affiliate: no technical fee, rates are kept for thirty days.',
  TAOBAO: 'Taobao 淘宝联盟: commission on what the buyer paid.',
  WECHAT: 'WeChat 优选联盟: commission on what the buyer paid.',
});
export type PolicyPresetName = keyof typeof PolicyPresetEnum;

const PayoutScheduleEnum = declareEnum<PayoutSchedule>(
  'PayoutSchedule',
  'How often all balances over the minimum are paid out without being asked for.',
  {
    NONE: 'Never: payees ask.',
    DAILY: 'At each midnight of the alliance.',
    WEEKLY: 'At the midnight with which a Monday begins.',
    MONTHLY: 'At the midnight with which a month begins.',
  },
);

@Access(signedIn)
@ObjectType({
  implements: Node,
  description:
    'One version of the rules of the alliance. What was placed under it is divided by it for ever.',
})
export class AlliancePolicy
  extends Node
  implements
    Pick<
      PolicyRow,
      'version' | 'holdingDays' | 'rateLockDays' | 'attributionWindowDays' | 'reserveDays' | 'validFrom'
    >
{
  @Field(() => Int, { description: 'Its number: each change has the next.' })
  version!: number;

  @Computed<PolicyRow>(({ preset }) => (preset === OWN_VALUES ? null : preset.toUpperCase()))
  @Field(() => PolicyPresetEnum, {
    nullable: true,
    description:
      'The known alliance whose rules these are; null where the operator has set values of its own.',
  })
  preset?: PolicyPresetName | null;

  @Field(() => Boolean, { description: 'Whether commission is paid also on what the platform discounts.' })
  platformDiscountInBase!: boolean;

  @Field(() => Boolean, { description: 'Whether commission is paid also on what the creator discounts.' })
  creatorDiscountInBase!: boolean;

  @Computed<PolicyRow>(({ technicalFeeBp }) => technicalFeeBp)
  @Field(() => BasisPointsScalar, { description: "The alliance's own cut, of what is left to each payee." })
  technicalFeeRate!: number;

  @Field(() => Int, {
    description:
      'How many days of 24 hours after the goods were received commission is settled, where their category names no other.',
  })
  holdingDays!: number;

  @Field(() => Int, { description: 'How many days creators keep a rate that is cut; none with 0.' })
  rateLockDays!: number;

  @Field(() => Int, { description: 'How many days after a click an order is credited to it.' })
  attributionWindowDays!: number;

  @Computed<PolicyRow>(({ reserveBp }) => reserveBp)
  @Field(() => BasisPointsScalar, { description: 'The part of each settlement that is kept in reserve.' })
  reserveRate!: number;

  @Field(() => Int, { description: 'How many days of 24 hours that part is kept.' })
  reserveDays!: number;

  @Computed<PolicyRow>(({ recoveryBp }) => recoveryBp)
  @Field(() => BasisPointsScalar, {
    description: 'The part of coming earnings that goes against what a payee owes after a clawback.',
  })
  recoveryRate!: number;

  @Field(() => PayoutScheduleEnum, { description: 'How often balances are paid out by themselves.' })
  payoutSchedule!: PayoutSchedule;

  @Field(() => BigIntText, {
    description: 'The least that is paid out, in minor units of the currency of the balance.',
  })
  payoutMinimumMinor!: bigint;

  @Computed<PolicyRow>(({ withholdingCreatorBp }) => withholdingCreatorBp)
  @Field(() => BasisPointsScalar, { description: 'Tax withheld from payouts to creators.' })
  withholdingCreatorRate!: number;

  @Computed<PolicyRow>(({ withholdingAgencyBp }) => withholdingAgencyBp)
  @Field(() => BasisPointsScalar, { description: 'Tax withheld from payouts to agencies.' })
  withholdingAgencyRate!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'From when it is in force.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when it was in force; null while it is.',
  })
  validTo?: Date | null;
}

@InputType({ description: 'What to change of the rules of the alliance; what is left out stays as it is.' })
export class PolicyChangeInput {
  @Field(() => PolicyPresetEnum, {
    nullable: true,
    description: 'The rules of a known alliance; single values given beside it go before it.',
  })
  preset?: PolicyPresetName | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether commission is paid also on what the platform discounts.',
  })
  platformDiscountInBase?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether commission is paid also on what the creator discounts.',
  })
  creatorDiscountInBase?: boolean | null;

  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: "The alliance's own cut, of what is left to each payee.",
  })
  technicalFeeRate?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days of holding before settlement, 0 to 365.' })
  holdingDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days that creators keep a rate that is cut, 0 to 365.' })
  rateLockDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days after a click that count, 1 to 365.' })
  attributionWindowDays?: number | null;

  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'The part of each settlement that is kept in reserve; of what is placed from now on.',
  })
  reserveRate?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days that the reserve is kept, 0 to 365.' })
  reserveDays?: number | null;

  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'The part of coming earnings that goes against what is owed; not 0.',
  })
  recoveryRate?: number | null;

  @Field(() => PayoutScheduleEnum, { nullable: true, description: 'How often balances are paid out.' })
  payoutSchedule?: PayoutSchedule | null;

  @Field(() => BigIntText, { nullable: true, description: 'The least that is paid out, in minor units.' })
  payoutMinimumMinor?: bigint | null;

  @Field(() => BasisPointsScalar, { nullable: true, description: 'Tax withheld from payouts to creators.' })
  withholdingCreatorRate?: number | null;

  @Field(() => BasisPointsScalar, { nullable: true, description: 'Tax withheld from payouts to agencies.' })
  withholdingAgencyRate?: number | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(AlliancePolicy, policyById);
