import { idOfType, NO_ID } from '../kernel/ids.ts';
import type { OneByKey } from './loaders.ts';
import type { MutationTx } from './mutate.ts';
import { unknown } from './user-errors.ts';

/** What an id of an input must name. */
export interface Naming<Row> {
  /** The field of the input, such as `planId`. */
  readonly field: string;
  /** The type of the object, such as `Plan`. */
  readonly type: string;
  readonly load: OneByKey<Row>;
  /** Whether the caller may use it so; who may not is told that there is none. */
  readonly allows?: (row: Row) => boolean;
}

/** The row that a global id of an input names, as it stands in the mutation's transaction. Refused when there is none. */
export async function namedRow<Row>(
  tx: MutationTx,
  id: string,
  { field, type, load, allows }: Naming<Row>,
): Promise<Row> {
  const row = await tx.loaders.one(load, idOfType(id, type) ?? NO_ID);
  if (row === undefined || allows?.(row) === false) throw unknown(['input', field], wordsOf(type));
  return row;
}

/** A row as it stands after the writes of the mutation, whatever its loaders have read before them. */
export async function readAgain<Row>(
  tx: MutationTx,
  load: OneByKey<Row>,
  id: string,
  now: Date,
): Promise<Row> {
  tx.loaders.renew(now);
  const row = await tx.loaders.one(load, id);
  if (row === undefined) throw new Error(`${load.name} does not find ${id}, which was just written.`);
  return row;
}

/** `PromotionLink` reads as "promotion link". */
const wordsOf = (type: string): string => type.replaceAll(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase();
