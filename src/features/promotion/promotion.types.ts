import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn, withParent } from '../../graphql/access.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { readersOfRow } from '../creator/index.ts';
import { partReaders, visibleLink } from './link.access.ts';
import { linkById, type ReadLink } from './link.loaders.ts';
import type { LiveSessionRow, PromotionLinkRow, ShowcaseItemRow } from './promotion.entity.ts';
import { liveSessionById, showcaseItemById } from './promotion.loaders.ts';

@Access(readersOfRow('SHOWCASE'))
@ObjectType({ implements: Node, description: 'A product in a showcase 橱窗: a creator has picked it.' })
export class ShowcaseItem extends Node implements Pick<ShowcaseItemRow, 'pickedAt'> {
  @Field(() => GraphQLDateTimeISO, { description: 'When it was picked.' })
  pickedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was taken out, if it was.' })
  removedAt?: Date | null;
}

@Access(visibleLink)
@ObjectType({
  implements: Node,
  description: 'A promotion link 推广链接: the tracking code of a creator and a product.',
})
export class PromotionLink extends Node implements Pick<PromotionLinkRow, 'code' | 'createdAt'> {
  @Field(() => String, { description: 'The code that an order line may carry.' })
  code!: string;

  @Access(partReaders)
  @Computed<ReadLink>(({ creatorPartBp }) => creatorPartBp)
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'In a SPREAD campaign, the part of the rate that is for the creator; null for other links.',
  })
  creatorRate?: number | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;
}

@Access(signedIn)
@ObjectType({ implements: Node, description: 'A live session 直播 of a creator.' })
export class LiveSession extends Node implements Pick<LiveSessionRow, 'title' | 'startedAt'> {
  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it began.' })
  startedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ended; null while it runs.' })
  endedAt?: Date | null;
}

const IDEMPOTENCY =
  'A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again.';

@InputType({ description: 'A product to pick.' })
export class PickInput {
  @Field(() => ID, { description: 'The creator who picks.' })
  creatorId!: string;

  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => ID, { nullable: true, description: 'The enrolment to pick it from: its terms then apply.' })
  enrolmentId?: string | null;

  @Field(() => String, { description: IDEMPOTENCY })
  idempotencyKey!: string;
}

@InputType({ description: 'A promotion link of a SPREAD campaign for a creator.' })
export class SpreadLinkCreateInput {
  @Field(() => ID, { description: "The enrolment in the agency's SPREAD campaign." })
  enrolmentId!: string;

  @Field(() => ID, { description: 'The creator whom it is for.' })
  creatorId!: string;

  @Field(() => BasisPointsScalar, { description: 'The part of the creator, 1 to the whole rate.' })
  creatorRate!: number;

  @Field(() => String, { description: IDEMPOTENCY })
  idempotencyKey!: string;
}

@InputType({ description: 'An item to take out of a showcase.' })
export class ShowcaseRemoveInput {
  @Field(() => ID, { description: 'The item.' })
  showcaseItemId!: string;

  @Field(() => String, { description: IDEMPOTENCY })
  idempotencyKey!: string;
}

@InputType({ description: 'A live session that begins.' })
export class LiveSessionStartInput {
  @Field(() => ID, { description: 'The creator.' })
  creatorId!: string;

  @Field(() => String, { description: 'Its title, 1 to 100 characters.' })
  title!: string;

  @Field(() => String, { description: IDEMPOTENCY })
  idempotencyKey!: string;
}

@InputType({ description: 'A live session that ends.' })
export class LiveSessionEndInput {
  @Field(() => ID, { description: 'The session.' })
  liveSessionId!: string;

  @Field(() => String, { description: IDEMPOTENCY })
  idempotencyKey!: string;
}

@InputType({ description: "A buyer's click on a promotion link." })
export class ClickInput {
  @Field(() => String, { description: 'The code of the link.' })
  linkCode!: string;

  @Field(() => String, {
    description: 'The buyer, as the shop system names them: opaque, 1 to 100 characters.',
  })
  buyerRef!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was clicked.' })
  clickedAt!: Date;
}

@InputType({ description: 'Clicks to keep for attribution.' })
export class ClicksIngestInput {
  @Field(() => [ClickInput], { description: 'The clicks, 1 to 1,000.' })
  clicks!: ClickInput[];

  @Field(() => String, { description: IDEMPOTENCY })
  idempotencyKey!: string;
}

@Access(withParent)
@ObjectType({ description: 'What became of reported clicks.' })
export class ClicksIngested {
  @Field(() => Int, { description: 'How many were kept; the others named codes that no link has.' })
  kept!: number;
}

nodeType(ShowcaseItem, showcaseItemById);
nodeType(PromotionLink, linkById);
nodeType(LiveSession, liveSessionById);
