import type { Tx } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import type { ContractVisibility } from '../creator/index.ts';
import { ContractRow, ContractTermsRow } from './contract.entity.ts';

export interface NewContract {
  readonly id?: string;
  readonly agencyId: string;
  readonly creatorId: string;
  /** What the agency gets of the creator's commission after the technical fee. */
  readonly shareBp: number;
  readonly visibility: readonly ContractVisibility[];
  readonly from: Date;
  /** Until when; open-ended when left out. */
  readonly to?: Date | null;
}

/** Enters a contract that both sides have agreed to. The database refuses a second managing agency. Gives its id. */
export async function signContract(tx: Tx, contract: NewContract, now: Date): Promise<string> {
  const { agencyId, creatorId, shareBp, from, to } = contract;
  const id = contract.id ?? newId();
  tx.em.create(ContractRow, { id, agencyId, creatorId, createdAt: now });
  tx.em.create(ContractTermsRow, {
    id: newId(),
    contractId: id,
    version: 1,
    agencyId,
    creatorId,
    shareBp,
    visibility: [...contract.visibility],
    validFrom: from,
    validTo: to ?? null,
  });
  await tx.em.flush();
  return id;
}
