import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { type ProductSource, ProductSourceEnum } from '../product/index.ts';
import { type ClosingRow, closingById } from './closing.loaders.ts';

@Access(signedIn)
@ObjectType({
  implements: Node,
  description:
    'A closing of an outside shop: while it holds none of its products is listed, and none stands in the pool. Orders ' +
    'that were placed before keep their terms.',
})
export class OutsideClosing
  extends Node
  implements Pick<ClosingRow, 'source' | 'version' | 'reason' | 'announcedAt' | 'validFrom'>
{
  @Field(() => ProductSourceEnum, { description: 'The shop.' })
  source!: ProductSource;

  @Field(() => Int, { description: 'Its number: each closing of the shop has the next.' })
  version!: number;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was announced.' })
  announcedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on it holds.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description:
      'Until when it holds, if that was said; the same as validFrom for one that was taken back before.',
  })
  validTo?: Date | null;
}

@InputType({ description: 'An outside shop to open again.' })
export class OutsideSourceReopenInput {
  @Field(() => ProductSourceEnum, { description: 'The shop; not OWN_SHOP.' })
  source!: ProductSource;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when on, not in the past; now when left out.',
  })
  from?: Date | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An outside shop to close.' })
export class OutsideSourceCloseInput extends OutsideSourceReopenInput {
  @Field(() => String, {
    description: 'Why, 1 to 500 characters; whoever sells or promotes its products reads it.',
  })
  reason!: string;
}

nodeType(OutsideClosing, closingById);
