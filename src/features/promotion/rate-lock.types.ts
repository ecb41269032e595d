import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { toGlobalId } from '../../kernel/ids.ts';
import { type OfferKind, OfferKindEnum } from '../plan/index.ts';
import type { HeldLock } from './rate-lock.loaders.ts';

@Access(withParent)
@ObjectType({
  description:
    "A rate lock 保护期: a creator's right to an older rate for a product in the showcase, until a date.",
})
export class RateLock implements Pick<HeldLock, 'kind' | 'lockedFrom' | 'lockedUntil' | 'applies'> {
  @Field(() => OfferKindEnum, { description: 'What offered the rate.' })
  kind!: OfferKind;

  @Computed<HeldLock>(({ kind, offerId }) => toGlobalId(kind === 'CAMPAIGN' ? 'Enrolment' : 'Plan', offerId))
  @Field(() => ID, { description: 'The plan or the enrolment, for `node`.' })
  offerId!: string;

  @Computed<HeldLock>(({ keptBp }) => keptBp)
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description:
      "The rate that is kept, with the creator's tier; null when it was picked from elsewhere since.",
  })
  keptRate?: number | null;

  @Computed<HeldLock>(({ otherwiseBp }) => otherwiseBp)
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'The rate without the lock, now or from its beginning on; null when there is none.',
  })
  currentRate?: number | null;

  @Field(() => Boolean, { description: 'Whether the kept rate is the one that applies then.' })
  applies!: boolean;

  @Field(() => GraphQLDateTimeISO, {
    description: 'From when: the moment at which the rate ends for others.',
  })
  lockedFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when, while the product stays in the showcase.' })
  lockedUntil!: Date;
}
