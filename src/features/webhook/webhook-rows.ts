import type { AttemptError, DeliveryState, DisabledBecause, EndpointState } from './webhook-state.ts';

/** An endpoint as it is read for the API. */
export interface EndpointRow {
  readonly id: string;
  readonly partyId: string;
  readonly url: string;
  readonly description: string;
  readonly kinds: readonly string[] | null;
  readonly state: EndpointState;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  readonly disabledBecause: DisabledBecause | null;
  readonly failingSince: Date | null;
  readonly consecutiveFailures: number;
  readonly retryAt: Date | null;
}

export const ENDPOINT_COLUMNS = [
  'id',
  'partyId',
  'url',
  'description',
  'kinds',
  'state',
  'createdAt',
  'disabledAt',
  'disabledBecause',
  'failingSince',
  'consecutiveFailures',
  'retryAt',
] as const;

export interface DeliveryRow {
  readonly id: string;
  readonly endpointId: string;
  readonly partyId: string;
  readonly messageId: string;
  readonly kind: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date;
  readonly endedAt: Date | null;
}

export const DELIVERY_COLUMNS = [
  'id',
  'endpointId',
  'partyId',
  'messageId',
  'kind',
  'state',
  'attempts',
  'createdAt',
  'nextAttemptAt',
  'endedAt',
] as const;

export interface AttemptRow {
  readonly id: string;
  readonly deliveryId: string;
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly error: AttemptError | null;
}

export const ATTEMPT_COLUMNS = ['id', 'deliveryId', 'at', 'durationMs', 'status', 'error'] as const;

/** A secret that signs; its text is shown once and never read for the API. */
export interface SecretRow {
  readonly id: string;
  readonly endpointId: string;
  readonly createdAt: Date;
  readonly retiresAt: Date | null;
}
