import { Alliance, allianceById, Viewer } from '../features/account/index.ts';
import { Agency, agencyById } from '../features/agency/index.ts';
import { Brand, brandById } from '../features/brand/index.ts';
import { Creator, creatorById } from '../features/creator/index.ts';
import type { Actor, PartyKind } from '../graphql/actor.ts';
import { relate } from '../graphql/relation.ts';

interface ViewerRow {
  readonly actor: Actor;
}

const seatOf =
  (kind: PartyKind) =>
  ({ actor }: ViewerRow): string | null =>
    actor.seats.find(({ partyKind }) => partyKind === kind)?.partyId ?? null;

/** The first organisation of each kind that the caller belongs to: for most callers, theirs. */
export const viewerRelations = relate<ViewerRow>(Viewer, {
  brand: {
    kind: 'one',
    type: () => Brand,
    description: 'The first brand that the caller belongs to, if any.',
    key: seatOf('BRAND'),
    load: brandById,
    nullable: true,
  },
  creator: {
    kind: 'one',
    type: () => Creator,
    description: 'The first creator that the caller belongs to, if any.',
    key: seatOf('CREATOR'),
    load: creatorById,
    nullable: true,
  },
  agency: {
    kind: 'one',
    type: () => Agency,
    description: 'The first agency that the caller belongs to, if any.',
    key: seatOf('AGENCY'),
    load: agencyById,
    nullable: true,
  },
  alliance: {
    kind: 'one',
    type: () => Alliance,
    description: 'The alliance itself, for its operators.',
    key: seatOf('ALLIANCE'),
    load: allianceById,
    nullable: true,
  },
});
