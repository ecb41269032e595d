import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ContractVisibility } from '../creator/index.ts';
import type { ProposalKind, ProposalState } from './proposal-state.ts';

const visibility = () => p.array().columnType('text[]').$type<ContractVisibility[]>();

/** A binding 签约 of a creator to an agency; what was agreed stands in its terms. */
export const ContractRow = defineEntity({
  name: 'CreatorContract',
  tableName: 'creator_contract',
  properties: {
    id: p.uuid().primary(),
    agencyId: p.uuid(),
    creatorId: p.uuid(),
    createdAt: p.datetime(),
    /** Who asked for the end, when and why: the request that set the end in force. */
    endAskedBy: p.uuid().nullable(),
    endAskedAt: p.datetime().nullable(),
    endReason: p.text().nullable(),
    /** The moment of the end, once both sides have been told of it. */
    endedAt: p.datetime().nullable(),
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
    version: p.integer(),
    agencyId: p.uuid(),
    creatorId: p.uuid(),
    shareBp: p.integer(),
    visibility: visibility(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});
export type ContractTermsRow = InferEntity<typeof ContractTermsRow>;

/** An invitation to a contract, or a change of one, that the other side has yet to agree to. */
export const ContractProposalRow = defineEntity({
  name: 'ContractProposal',
  tableName: 'contract_proposal',
  properties: {
    id: p.uuid().primary(),
    kind: p.text().$type<ProposalKind>(),
    state: p.text().$type<ProposalState>(),
    agencyId: p.uuid(),
    creatorId: p.uuid(),
    contractId: p.uuid().nullable(),
    proposedBy: p.uuid(),
    shareBp: p.integer(),
    visibility: visibility(),
    startsAt: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
    message: p.text(),
    declineReason: p.text().nullable(),
    proposedAt: p.datetime(),
    lapsesAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
  },
});
export type ContractProposalRow = InferEntity<typeof ContractProposalRow>;
