import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { CaseKind, CaseOutcome, CaseRow } from './after-sales-case.ts';
import { caseById } from './case.loaders.ts';
import { visibleCase } from './settlement.access.ts';

const CaseKindEnum = declareEnum<CaseKind>('AfterSalesCaseKind', 'What the buyer wants.', {
  RETURN: 'To send the goods back for the money.',
  REFUND_ONLY: 'The money, or a part of it, without sending the goods back.',
  EXCHANGE: 'Other goods in their place.',
  DISPUTE: 'The two sides do not agree, and somebody else decides.',
});

const CaseOutcomeEnum = declareEnum<CaseOutcome>('AfterSalesCaseOutcome', 'How a case ended.', {
  REFUNDED: 'The buyer got money back: the shop system reports the refund itself.',
  REJECTED: 'The buyer was not right.',
  WITHDRAWN: 'The buyer has given it up.',
  REPLACED: 'The buyer got other goods.',
});

@Access(visibleCase)
@ObjectType({
  implements: Node,
  description:
    'An after-sales case 售后 on an order line. While one is open the line is not settled. It moves no money by itself: a ' +
    'refund is reported as an order event.',
})
export class AfterSalesCase extends Node implements Pick<CaseRow, 'kind' | 'reason' | 'openedAt'> {
  @Field(() => CaseKindEnum, { description: 'What the buyer wants.' })
  kind!: CaseKind;

  @Field(() => String, { description: 'Why, in the words of the shop.' })
  reason!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was opened.' })
  openedAt!: Date;

  @Field(() => CaseOutcomeEnum, { nullable: true, description: 'How it ended; null while it is open.' })
  outcome?: CaseOutcome | null;

  @Field(() => String, { nullable: true, description: 'What was said when it was closed.' })
  note?: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was closed.' })
  closedAt?: Date | null;
}

@InputType({ description: 'The case that a buyer has brought, on one order line.' })
export class AfterSalesCaseOpenInput {
  @Field(() => ID, { description: 'The order line.' })
  orderLineId!: string;

  @Field(() => CaseKindEnum, { description: 'What the buyer wants.' })
  kind!: CaseKind;

  @Field(() => String, { description: 'Why, 1 to 500 characters, without personal data.' })
  reason!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'How a case ended.' })
export class AfterSalesCaseCloseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => CaseOutcomeEnum, { description: 'How it ended.' })
  outcome!: CaseOutcome;

  @Field(() => String, { nullable: true, description: 'What there is to say, at most 500 characters.' })
  note?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(AfterSalesCase, caseById, { withBrand: true });
