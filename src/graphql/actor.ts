export type PartyKind = 'ALLIANCE' | 'BRAND' | 'AGENCY' | 'CREATOR';
export type Role = 'OWNER' | 'MANAGER' | 'VIEWER';

/** What an API key may be allowed to do: to read what its organisation sees, and to write what each scope names. */
export const SCOPES = [
  'read',
  'catalogue:write',
  'cooperation:write',
  'orders:write',
  'money:write',
  'sandbox:write',
  'webhooks:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** One organisation that the caller may speak for, and how far. */
export interface Seat {
  readonly partyId: string;
  readonly partyKind: PartyKind;
  readonly role: Role;
}

/** Who calls: nobody, a person with an access token, or a system with an API key. */
export interface Actor {
  readonly kind: 'ANONYMOUS' | 'USER' | 'API_KEY';
  readonly userId?: string;
  readonly apiKeyId?: string;
  readonly issuer?: string;
  readonly subject?: string;
  readonly name: string;
  readonly seats: readonly Seat[];
  /** What this caller may write; a person may write whatever their role allows. */
  readonly scopes: ReadonlySet<Scope>;
}

export const ANONYMOUS: Actor = { kind: 'ANONYMOUS', name: 'nobody', seats: [], scopes: new Set() };

export const isSignedIn = (actor: Actor): boolean => actor.kind !== 'ANONYMOUS';

export const isOperator = (actor: Actor): boolean =>
  actor.seats.some(({ partyKind }) => partyKind === 'ALLIANCE');

/** Whether the caller may read at all: people may, and of systems those whose key has the scope. */
export const mayRead = (actor: Actor): boolean => actor.kind !== 'API_KEY' || actor.scopes.has('read');

/** Whether the caller belongs to the organisation. */
export const isMember = (actor: Actor, partyId: string | null | undefined): boolean =>
  actor.seats.some((seat) => seat.partyId === partyId);

/** The ids of the organisations that the caller belongs to. */
export const partyIds = (actor: Actor): string[] => actor.seats.map(({ partyId }) => partyId);

/** Whether the caller acts for the alliance: its owner or manager, or a key of it with the scope. */
export const mayOperate = (actor: Actor, scope: Scope): boolean =>
  actor.scopes.has(scope) &&
  actor.seats.some(({ partyKind, role }) => partyKind === 'ALLIANCE' && role !== 'VIEWER');

/** Whether the caller may change what belongs to the organisation: as its manager or owner, or as an operator. */
export function mayWrite(actor: Actor, partyId: string, scope: Scope): boolean {
  if (!actor.scopes.has(scope)) return false;
  return actor.seats.some(
    (seat) => seat.role !== 'VIEWER' && (seat.partyId === partyId || seat.partyKind === 'ALLIANCE'),
  );
}
