import { Field, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, Computed, MoneyField } from '../../graphql/money.ts';
import type { Path } from './path.ts';
import type { PathRow } from './path-shares.ts';

const PathEnum = declareEnum<Path>(
  'InsightPath',
  'On which path (STEPS) an order line came: the first of these that applies to it.',
  {
    CHANNEL_EXCLUSIVE: 'Channel-exclusive goods 渠道特供: ordered under an EXCLUSIVE plan.',
    SELF_BROADCAST:
      'Self-broadcast: credited to a creator who is the brand itself, since one person is owner or manager of both.',
    PUBLIC_TRAFFIC: 'Public traffic: won by a boost.',
    DISTRIBUTION: 'Distribution: credited to another creator.',
    PRIVATE_TRAFFIC: 'Private traffic: credited to nobody; the buyers are those of the brand itself.',
  },
);

@Access(withParent)
@ObjectType({ description: 'What came on one path of STEPS.' })
export class InsightPathShare implements Pick<PathRow, 'path'> {
  @Field(() => PathEnum, { description: 'Which path.' })
  path!: Path;

  @MoneyField('gmvMinor', { description: 'The GMV of its lines; that of all paths adds up to the GMV.' })
  gmv!: unknown;

  @Computed<PathRow>(({ shareBp }) => shareBp)
  @Field(() => BasisPointsScalar, {
    description:
      'Its share of the GMV. Those of all paths add up to 10000, rounded by the largest remainder; all are 0 where there is no GMV.',
  })
  share!: number;
}
