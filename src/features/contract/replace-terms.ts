import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import type { ContractVisibility } from '../creator/index.ts';
import { ContractTermsRow } from './contract.entity.ts';
import type { ReadContract } from './contract.loaders.ts';

export interface NextTerms {
  readonly shareBp: number;
  readonly visibility: readonly ContractVisibility[];
  readonly endsAt: Date | null;
}

/**
 * Closes the latest version of a locked contract and adds the next from now; of a contract that has not begun, from its
 * beginning, so that the version before stays with an empty interval. What orders have frozen is not touched.
 */
export async function replaceTerms(
  tx: Tx,
  { id, agencyId, creatorId, terms }: ReadContract,
  next: NextTerms,
  now: Date,
): Promise<void> {
  const from = terms.validFrom > now ? terms.validFrom : now;
  await tx.rows(sql`update contract_terms set valid_to = ${from} where id = ${terms.id}`);
  tx.em.create(ContractTermsRow, {
    id: newId(),
    contractId: id,
    version: terms.version + 1,
    agencyId,
    creatorId,
    shareBp: next.shareBp,
    visibility: [...next.visibility],
    validFrom: from,
    validTo: next.endsAt,
  });
  await tx.em.flush();
}
