import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BasisPointsScalar, BigIntText, Computed, Money, MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import type { ShareRefusal } from '../settlement/index.ts';
import { sharingBrand } from './sharing.access.ts';
import {
  type ShareCreditRow,
  type ShareLinkRow,
  type ShareRewardRow,
  type SharerRow,
  type SharingTermsRow,
  shareLinkById,
  sharerById,
  sharingTermsById,
} from './sharing.loaders.ts';

const RefusalEnum = declareEnum<ShareRefusal>(
  'ShareRefusal',
  'Why an order brings nothing to whoever shared.',
  {
    UNKNOWN_LINK: 'The brand has no share link with this code.',
    OTHER_PRODUCT: 'Another product was bought than the one that was shared.',
    OWN_ORDER: 'The buyer has come by a link of their own.',
    STOPPED: 'The brand had stopped the sharer.',
    SENT_BACK: 'The sharer has sent back what they shared, or called it off.',
    NOT_OFFERED: 'The brand gave nothing for sharing at that moment.',
  },
);

@Access(sharingBrand)
@ObjectType({
  implements: Node,
  description:
    'What a brand gives to buyers who share its products (KOC), from one moment until before another. A raise holds at once, a cut ' +
    'from the next midnight on.',
})
export class SharingTerms extends Node implements Pick<SharingTermsRow, 'validFrom' | 'setAt'> {
  @Computed<SharingTermsRow>(({ rateBp }) => rateBp)
  @Field(() => BasisPointsScalar, { description: 'Of the commission base; 0 for nothing.' })
  rate!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when, exclusive; null without an end. What never came into force ends as it begins.',
  })
  validTo?: Date | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was set.' })
  setAt!: Date;
}
nodeType(SharingTerms, sharingTermsById);

@Access(sharingBrand)
@ObjectType({
  implements: Node,
  description:
    'A buyer who shares what they have bought and kept. One level only: what the buyers who come by their links share themselves ' +
    'brings them nothing.',
})
export class Sharer extends Node implements Pick<SharerRow, 'buyerRef' | 'createdAt'> {
  @Field(() => String, { description: 'The buyer, opaque, as the shop knows them.' })
  buyerRef!: string;

  @MoneyField('rewardedMinor', {
    description: 'What the orders by their links have brought so far, less what came back.',
  })
  rewarded!: object;

  @MoneyField('creditedMinor', { description: 'What of it the shop has given them.' })
  credited!: object;

  @Computed<SharerRow>(({ rewardedMinor, creditedMinor, currency }) => ({
    minorUnits: rewardedMinor - creditedMinor,
    currencyCode: currency,
  }))
  @Field(() => Money, {
    description:
      'What they are still to be given; below zero where more has come back, which the next rewards make good.',
  })
  balance!: object;

  @Field(() => GraphQLDateTimeISO, { description: 'When their first link was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the brand stopped them; orders placed from then on bring them nothing.',
  })
  stoppedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  stopReason?: string | null;
}
nodeType(Sharer, sharerById);

@Access(sharingBrand)
@ObjectType({
  implements: Node,
  description: 'The link by which one buyer shares one product that they have bought and kept.',
})
export class ShareLink extends Node implements Pick<ShareLinkRow, 'code' | 'createdAt'> {
  @Field(() => String, { description: 'The code, which orders that come by it carry as shareCode.' })
  code!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;
}
nodeType(ShareLink, shareLinkById);

@Access(withParent)
@ObjectType({
  description: 'What an order brings to the buyer by whose link it came, or why it brings nothing.',
})
export class ShareReward {
  @Computed<ShareRewardRow>(({ rateBp }) => rateBp)
  @Field(() => BasisPointsScalar, {
    description: 'Of the commission base, as it was when the order was placed; 0 where it was refused.',
  })
  rate!: number;

  @MoneyField('dueMinor', {
    description: 'What it brings so far: nothing before it is paid, less with each refund.',
  })
  due!: object;

  @MoneyField('postedMinor', { description: 'What of it is put aside in the ledger.' })
  posted!: object;

  @Field(() => RefusalEnum, { nullable: true, description: 'Why it brings nothing.' })
  refused?: ShareRefusal | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when on it is put aside: once the goods were kept for the holding days.',
  })
  readyAt?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'What a shop has given to a buyer for sharing.' })
export class ShareCredit implements Pick<ShareCreditRow, 'creditedAt'> {
  @MoneyField('amountMinor', { description: 'How much.' })
  amount!: object;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was reported.' })
  creditedAt!: Date;
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The sharer has not so much to be given.' })
export class ShareCreditAboveBalance extends UserError {
  @Computed<{ balanceMinor: bigint; currency: string }>(({ balanceMinor, currency }) => ({
    minorUnits: balanceMinor,
    currencyCode: currency,
  }))
  @Field(() => Money, { description: 'What they are still to be given.' })
  balance!: object;
}

@InputType({ description: 'What a brand gives for sharing.' })
export class SharingSetInput {
  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @Field(() => BasisPointsScalar, { description: 'Of the commission base, 0 to 1000; 0 ends it.' })
  rate!: number;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A link for a buyer who shares.' })
export class ShareLinkCreateInput {
  @Field(() => ID, { description: 'The order line by which the buyer has bought what they share.' })
  orderLineId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'What a shop has given to a buyer for sharing.' })
export class ShareCreditReportInput {
  @Field(() => ID, { description: 'The buyer who shares.' })
  sharerId!: string;

  @Field(() => BigIntText, { description: 'How much, in minor units.' })
  amountMinor!: bigint;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A buyer who is to share no more.' })
export class SharerStopInput {
  @Field(() => ID, { description: 'The buyer who shares.' })
  sharerId!: string;

  @Field(() => String, { description: 'Why, of 1 to 500 characters.' })
  reason!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}
