import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** That one party has blocked another, with its dates. A lifted one stays as a record. */
export const PartyBlockRow = defineEntity({
  name: 'PartyBlock',
  tableName: 'party_block',
  properties: {
    id: p.uuid().primary(),
    blockerId: p.uuid(),
    blockedId: p.uuid(),
    reason: p.text(),
    blockedAt: p.datetime(),
    takesEffectAt: p.datetime(),
    runningUntil: p.datetime(),
    liftedAt: p.datetime().nullable(),
  },
});
export type PartyBlockRow = InferEntity<typeof PartyBlockRow>;
