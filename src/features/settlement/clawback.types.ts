import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { MoneyField, SettledMoney } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { type ClawbackRow, type ClawbackState, clawbackById, type RecoveryRow } from './clawback.loaders.ts';
import { visibleClawback } from './settlement.access.ts';

const ClawbackStateEnum = declareEnum<ClawbackState>('ClawbackState', 'How far a clawback 追回 is.', {
  WAITING: 'Something is still owed: it goes against coming earnings.',
  TAKEN: 'All was taken of the balance.',
  OFFSET: 'The last part came of later earnings.',
  WRITTEN_OFF: 'The alliance has given up what was still owed, at its own cost.',
});

const RecoveryKindEnum = declareEnum<RecoveryRow['kind']>(
  'RecoveryKind',
  'How a part of a clawback came back.',
  {
    TAKEN: 'Of the balance that there was.',
    OFFSET: 'Of earnings that came later, or of a reserve that was released.',
    WRITTEN_OFF: 'Not at all: the alliance has given it up.',
  },
);

@Access(withParent)
@ObjectType({ description: 'One act by which a clawback came back or was given up.' })
export class ClawbackRecovery implements Pick<RecoveryRow, 'kind' | 'postedAt'> {
  @Field(() => RecoveryKindEnum, { description: 'How.' })
  kind!: RecoveryRow['kind'];

  @MoneyField('amountMinor', { type: SettledMoney, description: 'How much.' })
  amount!: unknown;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was posted.' })
  postedAt!: Date;
}

@Access(visibleClawback)
@ObjectType({
  implements: Node,
  description:
    'A clawback 追回: what one payee has to give back because goods were returned after settlement. The brand has it back ' +
    'at once; the payee owes it to the alliance.',
})
export class Clawback extends Node implements Pick<ClawbackRow, 'state' | 'stepNo' | 'postedAt'> {
  @Field(() => ClawbackStateEnum, { description: 'How far it is.' })
  state!: ClawbackState;

  @Field(() => Int, { description: 'The step of the commission that it is for.' })
  stepNo!: number;

  @MoneyField('amountMinor', { type: SettledMoney, description: 'What is to be given back.' })
  amount!: unknown;

  @MoneyField('takenMinor', { type: SettledMoney, description: 'What was taken of the balance.' })
  taken!: unknown;

  @MoneyField('offsetMinor', { type: SettledMoney, description: 'What came of later earnings.' })
  offset!: unknown;

  @MoneyField('writtenOffMinor', { type: SettledMoney, description: 'What the alliance has given up.' })
  writtenOff!: unknown;

  @Field(() => String, { nullable: true, description: 'Why it was given up, if so.' })
  reason?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was posted.' })
  postedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'From when on nothing is owed.' })
  closedAt?: Date | null;
}

@InputType({ description: 'Which clawback the alliance gives up, and why.' })
export class ClawbackWriteOffInput {
  @Field(() => ID, { description: 'The clawback.' })
  clawbackId!: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters; the payee reads it.' })
  reason!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(Clawback, clawbackById);
