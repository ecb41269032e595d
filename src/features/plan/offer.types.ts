import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { toGlobalId } from '../../kernel/ids.ts';
import type { RateSource } from './rate-of.ts';
import type { LostOffer as Lost, LostBecause, OfferKind, Offer as OfferValue } from './resolve-terms.ts';

export const OfferKindEnum: Record<OfferKind, OfferKind> = {
  EXCLUSIVE: 'EXCLUSIVE',
  TARGETED: 'TARGETED',
  CAMPAIGN: 'CAMPAIGN',
  SHOP_TARGETED: 'SHOP_TARGETED',
  OPEN: 'OPEN',
};
registerEnumType(OfferKindEnum, {
  name: 'OfferKind',
  description: 'What can offer a commission, strongest first.',
  valuesConfig: {
    EXCLUSIVE: { description: 'An EXCLUSIVE plan.' },
    TARGETED: { description: 'A TARGETED plan.' },
    CAMPAIGN: { description: 'The recruiting campaign that the creator picked the product from.' },
    SHOP_TARGETED: { description: 'A SHOP_TARGETED plan.' },
    OPEN: { description: 'An OPEN plan.' },
  },
});

export const RateSourceEnum: Record<RateSource, RateSource> = {
  BASE: 'BASE',
  TIER: 'TIER',
  BOOST: 'BOOST',
  LINK: 'LINK',
};
registerEnumType(RateSourceEnum, {
  name: 'RateSource',
  description: 'What made a commission rate the one it is.',
  valuesConfig: {
    BASE: { description: "The version's own rate." },
    TIER: { description: 'A tier, reached by settled lines.' },
    BOOST: { description: 'The rate for orders won by a boost.' },
    LINK: { description: "The creator's part of a spread campaign, fixed on the link." },
  },
});

export const LostBecauseEnum: Record<LostBecause, LostBecause> = {
  NOT_IN_FORCE: 'NOT_IN_FORCE',
  NOT_NAMED: 'NOT_NAMED',
  NOT_PICKED: 'NOT_PICKED',
  BLOCKED: 'BLOCKED',
  OUTRANKED: 'OUTRANKED',
  NOT_HIGHER: 'NOT_HIGHER',
};
registerEnumType(LostBecauseEnum, {
  name: 'LostBecause',
  description: 'Why an offer does not apply.',
  valuesConfig: {
    NOT_IN_FORCE: { description: 'It was not in force at the moment.' },
    NOT_NAMED: { description: 'It names other creators.' },
    NOT_PICKED: {
      description: 'The creator has neither picked the product from this campaign nor a link of it.',
    },
    BLOCKED: { description: 'The brand has blocked the creator.' },
    OUTRANKED: { description: 'A stronger kind of offer reaches the creator.' },
    NOT_HIGHER: { description: 'Beside a rate lock, it pays no more than what applies.' },
  },
});

@Access(withParent)
@ObjectType({ description: 'One version of an offer of a commission.' })
export class Offer {
  @Field(() => OfferKindEnum, { description: 'What offers it.' })
  kind!: OfferKind;

  @Computed<OfferValue>(({ kind, offerId }) =>
    toGlobalId(kind === 'CAMPAIGN' ? 'Enrolment' : 'Plan', offerId),
  )
  @Field(() => ID, { description: 'The plan or the enrolment, for `node`.' })
  offerId!: string;

  @Computed<OfferValue>(({ commissionBp }) => commissionBp)
  @Field(() => BasisPointsScalar, { description: "The creator's commission." })
  commissionRate!: number;

  @Computed<OfferValue>(({ serviceFeeBp }) => serviceFeeBp)
  @Field(() => BasisPointsScalar, { description: 'What the brand pays the recruiting agency beside it.' })
  serviceFeeRate!: number;

  @Computed<OfferValue>(({ rateSource }) => rateSource ?? 'BASE')
  @Field(() => RateSourceEnum, { description: 'What made the commission this one.' })
  rateSource!: RateSource;

  @Computed<OfferValue>(({ settledLines }) => settledLines ?? 0)
  @Field(() => Int, {
    description: "How many of the creator's lines had been settled, where the plan has tiers; else 0.",
  })
  settledLines!: number;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "Until when the creator's rate lock keeps it, if it is no longer in force by itself.",
  })
  lockedUntil?: Date | null;

  @Field(() => GraphQLDateTimeISO, { description: 'From when this version holds.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when, if that is fixed.' })
  validTo?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'An offer that does not apply, and why.' })
export class LostOffer {
  @Field(() => Offer, { description: 'The offer.' })
  offer!: Lost['offer'];

  @Field(() => LostBecauseEnum, { description: 'Why it does not apply.' })
  because!: LostBecause;
}

@Access(withParent)
@ObjectType({
  description: 'Which terms apply to a creator, a product and a moment, and why not the others.',
})
export class TermsResolution {
  @Field(() => Offer, { nullable: true, description: 'The offer that applies; null when none does.' })
  winner?: OfferValue | null;

  @Field(() => [LostOffer], {
    description: 'The offers that do not apply, as far as the caller may know of them.',
  })
  losers!: Lost[];
}
