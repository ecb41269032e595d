import { sql } from 'kysely';
import type { MutationTx } from '../../graphql/mutate.ts';
import { contractById, type ReadContract } from './contract.loaders.ts';

/**
 * Whoever writes terms of a creator's contracts goes one after the other: two at once would wait for each other in the
 * exclusion constraint, and PostgreSQL would break one off after a second. Taken before every other lock here.
 */
export async function lockContractsOf(tx: MutationTx, creatorId: string): Promise<void> {
  await tx.rows(sql`select from creator where id = ${creatorId} for no key update`);
}

/** The contract as it stands once nobody else may change it. */
export async function lockContract(
  tx: MutationTx,
  { id, creatorId }: Pick<ReadContract, 'id' | 'creatorId'>,
  now: Date,
): Promise<ReadContract> {
  await lockContractsOf(tx, creatorId);
  await tx.rows(sql`select from creator_contract where id = ${id} for update`);
  return readAgain(tx, id, now);
}

/** The contract as it stands after what this transaction has done. */
export async function readAgain(tx: MutationTx, id: string, now: Date): Promise<ReadContract> {
  tx.loaders.renew(now);
  const contract = await tx.loaders.one(contractById, id);
  if (contract === undefined) throw new Error(`The contract ${id} is gone.`);
  return contract;
}
