import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ContractVisibility } from '../creator/index.ts';

/** A binding 签约 of a creator to an agency; what was agreed stands in its terms. */
export const ContractRow = defineEntity({
  name: 'CreatorContract',
  tableName: 'creator_contract',
  properties: {
    id: p.uuid().primary(),
    agencyId: p.uuid(),
    creatorId: p.uuid(),
    createdAt: p.datetime(),
  },
});
export type ContractRow = InferEntity<typeof ContractRow>;

/** One version of a contract's terms. The database lets a creator have one managing agency at a time. */
export const ContractTermsRow = defineEntity({
  name: 'ContractTerms',
  tableName: 'contract_terms',
  properties: {
    id: p.uuid().primary(),
    contractId: () => p.manyToOne(ContractRow).mapToPk().fieldName('contract_id'),
    agencyId: p.uuid(),
    creatorId: p.uuid(),
    shareBp: p.integer(),
    visibility: p.array().columnType('text[]').$type<ContractVisibility[]>(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});
export type ContractTermsRow = InferEntity<typeof ContractTermsRow>;
