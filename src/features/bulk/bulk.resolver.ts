import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { isMember } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { signAddress } from '../../kernel/signed-address.ts';
import { PARTY_TYPES } from '../account/index.ts';
import { exportById } from './bulk.loaders.ts';
import { BulkExport, BulkExportCancelInput, BulkExportStartInput, TooManyExports } from './bulk.types.ts';
import type { BulkExportRow } from './bulk-rows.ts';
import { cancelExport } from './cancel-export.ts';
import { pathOfExport } from './export-path.ts';
import { startExport } from './start-export.ts';

const StartPayload = payloadOf('bulkExportStart', 'bulkExport', () => BulkExport, [TooManyExports]);
const CancelPayload = payloadOf('bulkExportCancel', 'bulkExport', () => BulkExport);

@Resolver(() => BulkExport)
export class BulkResolver {
  @Access(signedIn)
  @Mutation(() => StartPayload, {
    description:
      'Exports all rows of a connection in the background, as far as the caller may read them for the organisation. ' +
      'Of an organisation one export runs at a time, the others wait.',
  })
  bulkExportStart(
    @Arg('input', () => BulkExportStartInput) input: BulkExportStartInput,
    @Ctx() context: RequestContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<Payload<BulkExportRow>> {
    const options = {
      operation: 'bulkExportStart',
      input,
      idOf: ({ id }: BulkExportRow) => id,
      find: (tx: MutationTx, id: string) => tx.loaders.one(exportById, id),
    };
    return mutate(context, options, async (tx) => {
      const partyId = idOfType(input.organisationId, ...PARTY_TYPES) ?? NO_ID;
      if (!isMember(context.actor, partyId))
        throw unknown(['input', 'organisationId'], 'organisation that you belong to');
      const now = context.clock.now();
      const id = await startExport(tx, context.actor, { partyId, query: input.query }, schema, now);
      return readAgain(tx, exportById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => CancelPayload, {
    description:
      'Cancels an export that waits or runs, or deletes the file of a complete one. Cancelling it again changes nothing.',
  })
  bulkExportCancel(
    @Arg('input', () => BulkExportCancelInput) input: BulkExportCancelInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<BulkExportRow>> {
    const options = { operation: 'bulkExportCancel', input, idOf: ({ id }: BulkExportRow) => id };
    return mutate(context, options, async (tx) => {
      const row = await namedRow(tx, input.bulkExportId, {
        field: 'bulkExportId',
        type: 'BulkExport',
        load: exportById,
        allows: ({ partyId }) => isMember(context.actor, partyId),
      });
      const now = context.clock.now();
      await cancelExport(tx, row, now);
      return readAgain(tx, exportById, row.id, now);
    });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The address of the file under this server, when there is one. Whoever has it may download the file, for an hour and ' +
      'no longer than the file is there; ask again for a fresh one.',
  })
  url(@Root() { id, state, secret, expiresAt }: BulkExportRow, @Ctx() { clock }: RequestContext) {
    return state === 'COMPLETED' && expiresAt !== null
      ? signAddress(secret, pathOfExport(id), clock.now(), expiresAt)
      : null;
  }
}
