import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText, Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import { ownExport } from './bulk.access.ts';
import { exportById } from './bulk.loaders.ts';
import type { BulkExportRow } from './bulk-rows.ts';
import { type ExportState, ExportStateEnum } from './bulk-state.ts';

@Access(withParent)
@ObjectType({ description: 'Why an export has ended without a file.' })
export class BulkExportError {
  @Field(() => String, { description: 'A code to branch on: those of errors, or TOO_LARGE.' })
  code!: string;

  @Field(() => String, { description: 'What was wrong, for a person.' })
  message!: string;
}

@Access(ownExport)
@ObjectType({
  implements: Node,
  description:
    'An export in bulk: all rows of a connection, read in the background into a file of JSON lines, compressed by gzip.',
})
export class BulkExport
  extends Node
  implements Pick<BulkExportRow, 'query' | 'state' | 'createdAt' | 'rowsSoFar' | 'sizeBytes'>
{
  @Field(() => String, { description: 'The query whose connection is exported.' })
  query!: string;

  @Field(() => ExportStateEnum, { description: 'How far it has come.' })
  state!: ExportState;

  @Field(() => BigIntText, {
    description: 'How many rows are in the file so far, nested ones too; all of them when it is complete.',
  })
  rowsSoFar!: bigint;

  @Field(() => BigIntText, { description: 'How many bytes the file has so far, compressed.' })
  sizeBytes!: bigint;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the file as it is downloaded, in hexadecimal; when it is complete.',
  })
  sha256?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When reading has begun.' })
  startedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was complete, failed or cancelled.',
  })
  endedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When the file is deleted.' })
  expiresAt?: Date | null;

  @Computed<BulkExportRow>(({ errorCode: code, errorMessage: message }) => code && { code, message })
  @Field(() => BulkExportError, { nullable: true, description: 'Why it has failed, if it has.' })
  error?: BulkExportError | null;
}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The organisation has as many exports as there may be at a time.',
})
export class TooManyExports extends UserError {
  @Field(() => Int, { description: 'How many there may be.' })
  limit!: number;
}

@InputType({ description: 'An export to start.' })
export class BulkExportStartInput {
  @Field(() => ID, {
    description:
      'The organisation of the caller that the file is for: a brand, an agency, a creator, the alliance.',
  })
  organisationId!: string;

  @Field(() => String, {
    description:
      'A query that leads to one connection and selects its rows, without `first` and `after`, such as ' +
      '{ viewer { brand { orderLines { nodes { id orderNo } } } } }. Rows may hold further connections where their `id` is selected.',
  })
  query!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An export to cancel.' })
export class BulkExportCancelInput {
  @Field(() => ID, { description: 'The export.' })
  bulkExportId!: string;
}

nodeType(BulkExport, exportById);
