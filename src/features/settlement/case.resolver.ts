import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { factKey, toGlobalId } from '../../kernel/ids.ts';
import { lineById } from '../order/index.ts';
import { type CaseRow, closeCase, openCase } from './after-sales-case.ts';
import { caseById } from './case.loaders.ts';
import { AfterSalesCase, AfterSalesCaseCloseInput, AfterSalesCaseOpenInput } from './case.types.ts';

const OpenPayload = payloadOf('afterSalesCaseOpen', 'afterSalesCase', () => AfterSalesCase);
const ClosePayload = payloadOf('afterSalesCaseClose', 'afterSalesCase', () => AfterSalesCase);

const found = {
  // A case lies with its brand: its key is both ids.
  idOf: ({ id, brandId }: CaseRow) => toGlobalId('AfterSalesCase', id, brandId),
  find: (tx: MutationTx, id: string) => tx.loaders.one(caseById, factKey(id, 'AfterSalesCase')),
};

@Resolver()
export class CaseResolver {
  @Access(signedIn)
  @Mutation(() => OpenPayload, {
    description:
      'Opens an after-sales case on an order line of the brand, which is not settled before the case is closed. For the ' +
      'brand and operators with orders:write.',
  })
  afterSalesCaseOpen(
    @Arg('input', () => AfterSalesCaseOpenInput) input: AfterSalesCaseOpenInput,
    @Ctx() { actor, clock, ...context }: RequestContext,
  ): Promise<Payload<CaseRow>> {
    const options = { ...found, operation: 'afterSalesCaseOpen', input };
    return mutate({ actor, clock, ...context }, options, async (tx) => {
      new Checks().text(input.reason, 'reason', 1, 500).done();
      const line = await tx.loaders.one(lineById, factKey(input.orderLineId, 'OrderLine'));
      if (line === undefined || !mayWrite(actor, line.brandId, 'orders:write'))
        throw unknown(['input', 'orderLineId'], 'order line');
      const now = clock.now();
      const openedBy = actor.seats[0]?.partyId ?? line.brandId;
      const { kind, reason } = input;
      const id = await openCase(tx, line, { kind, reason, openedBy }, now);
      return written(tx, line.brandId, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => ClosePayload, {
    description:
      'Closes an after-sales case; when it was the last open one, the line may be settled. For the brand and operators ' +
      'with orders:write.',
  })
  afterSalesCaseClose(
    @Arg('input', () => AfterSalesCaseCloseInput) input: AfterSalesCaseCloseInput,
    @Ctx() { actor, clock, ...context }: RequestContext,
  ): Promise<Payload<CaseRow>> {
    const options = { ...found, operation: 'afterSalesCaseClose', input };
    return mutate({ actor, clock, ...context }, options, async (tx) => {
      const note = input.note?.trim() || null;
      new Checks().text(note ?? '', 'note', 0, 500).done();
      const found = await tx.loaders.one(caseById, factKey(input.caseId, 'AfterSalesCase'));
      if (found === undefined || !mayWrite(actor, found.brandId, 'orders:write'))
        throw unknown(['input', 'caseId'], 'after-sales case');
      const now = clock.now();
      await closeCase(tx, found, { outcome: input.outcome, note }, now);
      return written(tx, found.brandId, found.id, now);
    });
  }
}

async function written(tx: MutationTx, brandId: string, id: string, now: Date): Promise<CaseRow> {
  tx.loaders.renew(now);
  const row = await tx.loaders.one(caseById, [brandId, id]);
  if (row === undefined) throw new Error(`The case ${id}, which was just written, is not found.`);
  return row;
}
