import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BigIntText, MoneyField } from '../../graphql/money.ts';
import type { AgencyService } from './agency.entity.ts';
import { AgencyServiceEnum } from './agency-enums.ts';
import type { ShownFigures } from './figures.loaders.ts';
import type { DirectoryOrder } from './search-directory.ts';

const DirectoryOrderEnum = declareEnum<DirectoryOrder>(
  'AgencyDirectoryOrder',
  'How the directory is ordered.',
  {
    NAME: 'By name.',
    CREATORS: 'Most creators under contract first.',
    CAMPAIGNS: 'Most running campaigns first.',
    GMV: 'Most sold in 30 days first; those whose figure is not shown come last.',
  },
);

@InputType({ description: 'What narrows the directory; what is left out lets all agencies through.' })
export class AgencyDirectoryFilterInput {
  @Field(() => AgencyServiceEnum, {
    nullable: true,
    description: 'Agencies that are certified for this service now.',
  })
  service?: AgencyService | null;

  @Field(() => String, { nullable: true, description: 'Agencies that work from this city.' })
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'A part of the name, in upper or lower case.' })
  search?: string | null;
}

@ArgsType()
export class AgencyDirectoryArgs extends PageArgs {
  @Field(() => AgencyDirectoryFilterInput, { nullable: true, description: 'What narrows the directory.' })
  filter?: AgencyDirectoryFilterInput | null;

  @Field(() => DirectoryOrderEnum, { defaultValue: 'NAME', description: 'How the directory is ordered.' })
  orderBy!: DirectoryOrder;
}

@Access(withParent)
@ObjectType({ description: 'The figures of a certified agency, counted anew every five minutes.' })
export class AgencyFigures implements Pick<ShownFigures, 'creators' | 'campaigns' | 'products'> {
  @Field(() => Int, { description: 'Creators under contract.' })
  creators!: number;

  @Field(() => Int, { description: 'Recruiting campaigns that run.' })
  campaigns!: number;

  @Field(() => Int, { description: 'Products in those campaigns.' })
  products!: number;

  @Field(() => BigIntText, {
    nullable: true,
    description:
      'Paid order lines of the last 30 days that the agency brought, or whose creator it manages. Null where they are ' +
      'of fewer than three creators, since the figure would tell what one of them sells.',
  })
  orderLines?: bigint | null;

  @MoneyField('gmvMinor', {
    nullable: true,
    description:
      'What buyers paid for the goods of those lines, of lines in the currency of the alliance. Null as the lines are.',
  })
  gmv?: unknown;

  @Field(() => GraphQLDateTimeISO, { description: 'When they were counted.' })
  countedAt!: Date;
}
