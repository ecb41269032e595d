import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { engagementSides } from './engagement.access.ts';
import type { DeliveryRow, EngagementSide, TaskKind } from './engagement.entity.ts';
import { milestoneById, type ReadEntry, type ReadMilestone } from './milestone.loaders.ts';
import type { EntryKind } from './milestone-money.ts';
import type { MilestoneState } from './milestone-state.ts';

export const TaskKindEnum = declareEnum<TaskKind>('TaskKind', 'What kind of work a milestone is.', {
  PLANNING: 'Planning 策划 of a session or a series.',
  SCRIPT: 'A script 脚本.',
  SHOOTING: 'Shooting and cutting 拍摄.',
  PRODUCT_SELECTION: 'Choosing the goods 选品 for a session.',
  LIVE_MONITORING: 'Watching over a live session 场控.',
  OTHER: 'Something else; its title says what.',
});

const MilestoneStateEnum = declareEnum<MilestoneState>('MilestoneState', 'Where a milestone stands.', {
  OFFERED: 'The provider has not answered the offer.',
  DECLINED: 'The provider has not taken the offer.',
  WITHDRAWN: 'The brand has taken the offer back, or a block has ended it.',
  LAPSED: 'Nobody answered the offer in time.',
  ACCEPTED: 'The provider is at work, also on changes, and the price is held.',
  DELIVERED: 'The work was handed in and waits for the answer of the brand.',
  DISPUTED: 'The brand does not take the work, and an operator is to decide.',
  CANCELLED: 'Cancelled before delivery; the price went back to the brand.',
  ACCEPTED_BY_BRAND: 'The brand has taken the work; the price is released to the provider.',
  RESOLVED: 'An operator has divided the price after a dispute.',
  PAID: 'What was released has become payable to the provider.',
});

const EngagementSideEnum = declareEnum('EngagementSide', 'One of the two sides of an engagement.', {
  BRAND: 'The brand that orders.',
  PROVIDER: 'The creator or agency that does the work.',
});

const MilestoneEntryKindEnum = declareEnum(
  'MilestoneEntryKind',
  'What happens to the money of a milestone.',
  {
    HELD: 'Held from the brand when the offer is accepted.',
    RELEASED: 'Released to the provider, to be paid by the ledger when there is one.',
    RETURNED: 'Returned to the brand.',
  },
);

@Access(engagementSides)
@ObjectType({
  implements: Node,
  description: 'One task of an engagement, with its own price, due date and state.',
})
export class EngagementMilestone
  extends Node
  implements
    Pick<ReadMilestone, 'no' | 'kind' | 'title' | 'dueAt' | 'state' | 'since' | 'overdue' | 'changesAsked'>
{
  @Field(() => Int, { description: 'Its place among the milestones of the engagement, from 1.' })
  no!: number;

  @Field(() => TaskKindEnum, { description: 'What kind of work it is.' })
  kind!: TaskKind;

  @Field(() => String, { description: 'What is to be delivered.' })
  title!: string;

  @MoneyField('priceMinor', { description: 'What it costs.' })
  price!: unknown;

  @Field(() => GraphQLDateTimeISO, { description: 'When it is to be delivered.' })
  dueAt!: Date;

  @Field(() => MilestoneStateEnum, { description: 'Where it stands.' })
  state!: MilestoneState;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when it stands there.' })
  since!: Date;

  @Field(() => Boolean, { description: 'Whether it is late, so that the brand may cancel it.' })
  overdue!: boolean;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When delivered work counts as accepted, if the brand does not answer before.',
  })
  answerDueAt?: Date | null;

  @Field(() => Int, { description: 'How many times the brand has asked for changes.' })
  changesAsked!: number;

  @Field(() => EngagementSideEnum, {
    nullable: true,
    description: 'The side that asks to cancel it and waits for the other.',
  })
  cancelAskedBy?: EngagementSide | null;

  @Field(() => String, { nullable: true, description: 'Why it was cancelled, or is asked to be.' })
  cancelReason?: string | null;

  @Field(() => String, { nullable: true, description: 'Why the brand does not take the work.' })
  disputeReason?: string | null;

  @MoneyField('toProviderMinor', {
    nullable: true,
    description: 'What an operator has given the provider in a dispute; the rest went back to the brand.',
  })
  toProvider?: unknown;

  @Field(() => String, { nullable: true, description: 'Why the operator has decided so.' })
  resolution?: string | null;
}

@Access(withParent)
@ObjectType({ description: 'What was handed in for a milestone, and what the brand asked to change of it.' })
export class MilestoneDelivery implements Pick<DeliveryRow, 'round' | 'note' | 'links' | 'deliveredAt'> {
  @Field(() => Int, { description: 'The how manieth delivery of the milestone it is, from 1.' })
  round!: number;

  @Field(() => String, { description: 'What the provider says of it.' })
  note!: string;

  @Field(() => [String], { description: 'Where the work is to be found.' })
  links!: string[];

  @Field(() => GraphQLDateTimeISO, { description: 'When it was handed in.' })
  deliveredAt!: Date;

  @Field(() => String, { nullable: true, description: 'The changes that the brand asked for, if it did.' })
  changesNote?: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it asked for them.' })
  changesAskedAt?: Date | null;
}

@Access(withParent)
@ObjectType({
  description:
    'One change of the money held for a milestone. What was held is what was released, returned and is held.',
})
export class MilestoneEntry implements Pick<ReadEntry, 'no' | 'kind' | 'at'> {
  @Field(() => Int, { description: 'Its number in the milestone, from 1.' })
  no!: number;

  @Field(() => MilestoneEntryKindEnum, { description: 'What happened.' })
  kind!: EntryKind;

  @MoneyField('amountMinor', { description: 'How much.' })
  amount!: unknown;

  @MoneyField('heldAfterMinor', { description: 'How much is still held after it.' })
  heldAfter!: unknown;

  @Field(() => GraphQLDateTimeISO, { description: 'When.' })
  at!: Date;
}

nodeType(EngagementMilestone, milestoneById);
