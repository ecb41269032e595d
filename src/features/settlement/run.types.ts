import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access, operatorsOnly } from '../../graphql/access.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { runById, type SettlementRunRow } from './run.loaders.ts';

@Access(operatorsOnly)
@ObjectType({
  implements: Node,
  description:
    'One run of settlement 结算. Several at once share the lines; each tells what it has settled by itself.',
})
export class SettlementRun
  extends Node
  implements Pick<SettlementRunRow, 'asOf' | 'startedAt' | 'lines' | 'batches'>
{
  @Field(() => GraphQLDateTimeISO, { description: 'What was due by then is settled.' })
  asOf!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it began to settle.' })
  startedAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When nothing was due any more; null while it runs, and where it was cut short.',
  })
  endedAt?: Date | null;

  @Field(() => Int, { description: 'The lines that it has settled.' })
  lines!: number;

  @Field(() => Int, { description: 'In how many batches, each a transaction of the ledger.' })
  batches!: number;
}

nodeType(SettlementRun, runById);
