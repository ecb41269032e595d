import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, accessOf, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { readAgain } from '../../graphql/named-row.ts';
import { nodeTypeOf } from '../../graphql/node.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { fromGlobalId, NO_ID } from '../../kernel/ids.ts';
import { partyById, type SavedText } from '../account/index.ts';
import { type ReportRow, reportById } from './report.loaders.ts';
import { ClaimReport, ClaimReportInput, TooManyReports } from './report.types.ts';
import { reportClaim } from './report-claim.ts';

const ReportPayload = payloadOf('claimReport', 'claimReport', () => ClaimReport, [TooManyReports]);
const REPORTERS = ['Brand', 'Creator', 'Agency'];
const TEXTS: readonly SavedText['type'][] = ['Product', 'LivePlan', 'LiveSession'];

@Resolver()
export class ClaimReportResolver {
  @Access(signedIn)
  @Mutation(() => ReportPayload, {
    description:
      'Reports a text that the caller can see for exaggeration; whoever wrote it does not learn who it was. Reporting the same ' +
      'text again gives the first report.',
  })
  claimReport(
    @Arg('input', () => ClaimReportInput) input: ClaimReportInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReportRow>> {
    const find = (tx: MutationTx, id: string) => tx.loaders.one(reportById, id);
    const options = { operation: 'claimReport', input, idOf: ({ id }: ReportRow) => id, find };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const reporterId = await namedReporter(tx, context, input.reporterId);
      const subject = await namedText(tx, context, input.subjectId);
      return readAgain(
        tx,
        reportById,
        await reportClaim(tx, { reporterId, subject, words: input.words }, now),
        now,
      );
    });
  }
}

async function namedReporter(tx: MutationTx, { actor }: RequestContext, globalId: string): Promise<string> {
  const named = fromGlobalId(globalId);
  const party = await tx.loaders.one(partyById, named?.id ?? NO_ID);
  const isNamed = REPORTERS.includes(named?.type ?? '') && party?.kind === named?.type.toUpperCase();
  if (party === undefined || !isNamed || !mayWrite(actor, party.id, 'cooperation:write'))
    throw unknown(['input', 'reporterId'], 'organisation');
  return party.id;
}

/** What the caller cannot see, it cannot report. */
async function namedText(tx: MutationTx, { actor }: RequestContext, globalId: string): Promise<SavedText> {
  const named = fromGlobalId(globalId);
  const type = TEXTS.find((name) => name === named?.type);
  const node = type && nodeTypeOf(type);
  const row =
    node && named?.brandId === undefined ? await tx.loaders.one(node.load, named?.id ?? NO_ID) : undefined;
  if (
    type === undefined ||
    node === undefined ||
    row === undefined ||
    !accessOf(node.type).allows(actor, row as never)
  )
    throw unknown(['input', 'subjectId'], 'text');
  return { type, id: row.id };
}
