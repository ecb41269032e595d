import { Field, InputType, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { BrandKind } from './brand.entity.ts';
import { brandById, type NamedBrand } from './brand.loaders.ts';

const BrandKindEnum = declareEnum('BrandKind', 'What kind of seller a brand is.', {
  BRAND: 'A brand 品牌 of its own.',
  FACTORY: 'A factory 工厂 that sells what it makes.',
  ORIGIN: 'A place of origin 原产地, such as an orchard.',
  BELT_MERCHANT: 'A merchant of an industrial belt 产业带商家.',
});

@Access(signedIn)
@ObjectType({ implements: Node, description: 'A brand 品牌: it sells, and pays the commission.' })
export class Brand
  extends Node
  implements Pick<NamedBrand, 'name' | 'kind' | 'city' | 'about' | 'restricted'>
{
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => BrandKindEnum, { description: 'What kind of seller it is.' })
  kind!: BrandKind;

  @Field(() => String, { description: 'The city that it sells from.' })
  city!: string;

  @Field(() => String, { description: 'What it says about itself.' })
  about!: string;

  @Field(() => Boolean, {
    description: 'Whether it no longer meets the admission rules: then it makes no new plans.',
  })
  restricted!: boolean;
}

@InputType({ description: 'What to enter as a new brand.' })
export class BrandRegisterInput {
  @Field(() => String, { description: 'Its name, 1 to 200 characters.' })
  name!: string;

  @Field(() => BrandKindEnum, { description: 'What kind of seller it is.' })
  kind!: BrandKind;

  @Field(() => String, { description: 'The city that it works from, 1 to 100 characters.' })
  city!: string;

  @Field(() => String, { description: 'What it says about itself, at most 2,000 characters.' })
  about!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(Brand, brandById);
