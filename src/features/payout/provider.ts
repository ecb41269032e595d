import type { Said } from './payout-state.ts';

/** What a provider is asked to pay. The account is secret: it is never logged. */
export interface PayoutOrder {
  /** The same each time that it is sent: the provider pays it once, by this key. */
  readonly payoutId: string;
  /** The net, in minor units. */
  readonly amountMinor: bigint;
  /** ISO 4217. */
  readonly currency: string;
  readonly account: string;
  readonly holder: string;
  readonly country: string;
}

/** What a provider says of a payout. */
export interface ProviderReport {
  readonly said: Said;
  readonly code?: string;
  readonly detail?: string;
}

/**
 * Whoever pays for the alliance. Both calls may be repeated as often as wanted. Whatever leaves open whether the
 * provider has the payout is thrown as ProviderUnsure, and settles nothing.
 */
export interface PayoutProvider {
  send(order: PayoutOrder): Promise<ProviderReport>;
  /** Undefined where the provider does not know the payout: it has to be sent again. */
  poll(payoutId: string): Promise<ProviderReport | undefined>;
}

/** Thrown where an answer is missing or makes no sense. Its message holds no secret. */
export class ProviderUnsure extends Error {}
