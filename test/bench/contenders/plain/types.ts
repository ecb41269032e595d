import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum PoolOrder {
  RECOMMENDED = 'RECOMMENDED',
  COMMISSION_RATE = 'COMMISSION_RATE',
  SALES = 'SALES',
  NEWEST = 'NEWEST',
}
registerEnumType(PoolOrder, { name: 'PoolOrder' });

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true })
  endCursor?: string | null;
}

@ObjectType('Party')
export class PartyType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  kind!: string;
}

@ObjectType('Brand')
export class BrandType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  city!: string;
}

@ObjectType('Plan')
export class PlanType {
  @Field(() => String)
  kind!: string;

  @Field(() => String)
  title!: string;
}

@ObjectType('PlanConnection')
export class PlanConnection {
  @Field(() => [PlanType])
  nodes!: object[];
}

@ObjectType('Enrolment')
export class EnrolmentType {
  @Field(() => ID)
  id!: string;
}

@ObjectType('Product')
export class ProductType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;
}

@ObjectType('ProductConnection')
export class ProductConnection {
  @Field(() => [ProductType])
  nodes!: object[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ObjectType()
export class Money {
  @Field(() => String)
  minorUnits!: string;

  @Field(() => String)
  currencyCode!: string;
}

@ObjectType('WaterfallNode')
export class WaterfallNodeType {
  @Field(() => String)
  role!: string;

  @Field(() => Int, { nullable: true })
  rate?: number | null;

  @Field(() => Money)
  estimatedGross!: Money;

  @Field(() => Money, { nullable: true })
  estimatedNet?: Money | null;
}

@ObjectType('Waterfall')
export class WaterfallType {
  @Field(() => Boolean)
  sumsUp!: boolean;

  @Field(() => [WaterfallNodeType])
  nodes!: object[];
}

@ObjectType('OrderLine')
export class OrderLineType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  orderNo!: string;

  @Field(() => String)
  state!: string;

  @Field(() => String)
  placedAt!: string;

  @Field(() => Money)
  goodsPaid!: Money;
}

@ObjectType('OrderLineConnection')
export class OrderLineConnection {
  @Field(() => [OrderLineType])
  nodes!: object[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ObjectType()
export class Offer {
  @Field(() => String)
  kind!: string;

  @Field(() => Int)
  commissionRate!: number;

  @Field(() => Int)
  serviceFeeRate!: number;
}

@ObjectType()
export class TermsResolution {
  @Field(() => Offer, { nullable: true })
  winner?: Offer | null;
}

@ObjectType('ShowcaseItem')
export class ShowcaseItemType {
  @Field(() => ID)
  id!: string;
}

@ObjectType('ShowcaseItemConnection')
export class ShowcaseItemConnection {
  @Field(() => [ShowcaseItemType])
  nodes!: object[];
}

@ObjectType('Creator')
export class CreatorType {
  @Field(() => ID)
  id!: string;
}

@ObjectType('CreatorConnection')
export class CreatorConnection {
  @Field(() => [CreatorType])
  nodes!: object[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ObjectType('Agency')
export class AgencyType {
  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class Viewer {
  @Field(() => CreatorType, { nullable: true })
  creator?: object | null;

  @Field(() => AgencyType, { nullable: true })
  agency?: object | null;
}
