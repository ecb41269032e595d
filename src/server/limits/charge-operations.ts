import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { loginAddress } from '../../features/account/index.ts';
import type { Actor } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { failure } from '../../graphql/errors.ts';
import type { BucketSize, Limits } from './limit-variables.ts';
import { actualPrice, requestedPrice, valuesOf } from './price.ts';
import { pricePlanOf } from './price-plan.ts';
import type { RateBuckets, Taking } from './rate-buckets.ts';

/** What is refused for its form has been looked at, too, which takes as long as a small query. */
const FINE = 10;
/** The statuses of such answers. Those of logins that fail have a limit of their own. */
export const FINED: ReadonlySet<number> = new Set([400, 405, 413, 415]);

/** The bucket that a caller spends from: that of the key, of the account, or of the address of whoever is nobody. */
export interface Purse {
  readonly who: string;
  readonly size: BucketSize;
}

/** Lets callers spend no more than they have. Without a rate in the limits everybody may spend what they like. */
export class Charges {
  readonly #limits: Limits;
  readonly #buckets: RateBuckets;

  constructor(limits: Limits, buckets: RateBuckets) {
    this.#limits = limits;
    this.#buckets = buckets;
  }

  get maximum(): number {
    return this.#limits.cost;
  }

  purseOf(actor: Actor, address: string | undefined): Purse | undefined {
    const { rate } = this.#limits;
    if (rate === undefined) return undefined;
    if (actor.kind === 'API_KEY') return { who: `key ${actor.apiKeyId}`, size: rate.known };
    if (actor.kind === 'USER') return { who: `account ${actor.issuer} ${actor.subject}`, size: rate.known };
    return { who: `address ${loginAddress(address) ?? 'unknown'}`, size: rate.anonymous };
  }

  /** Throws RATE_LIMITED for who is known to have next to nothing left, without a statement. */
  refuseEmpty(actor: Actor, address: string | undefined): void {
    const purse = this.purseOf(actor, address);
    const retryAfter = purse ? this.#buckets.emptyForS(purse.who, FINE) : 0;
    if (purse && retryAfter > 0)
      throw tooFast(retryAfter, { available: 0, restoreRate: purse.size.restorePerS });
  }

  /** Takes the points of an operation; throws RATE_LIMITED when there are too few. */
  async take(purse: Purse, requested: number): Promise<Taking> {
    const taking = await this.#buckets.take(purse.who, purse.size, requested);
    const { isTaken, available, retryAfterS } = taking;
    const restoreRate = purse.size.restorePerS;
    if (!isTaken) throw tooFast(retryAfterS, { requested, available, restoreRate });
    return taking;
  }

  /** Takes the price of a request that is no operation, or none that may be run. It was refused already, so none is told. */
  async fine(purse: Purse | undefined): Promise<void> {
    if (purse) await this.#buckets.take(purse.who, purse.size, FINE).catch(() => undefined);
  }

  giveBack({ who, size }: Purse, points: number): void {
    this.#buckets.giveBack(who, size, points);
  }
}

function tooFast(retryAfter: number, cost: object) {
  const message = `More was asked for than there are points left. Try again in ${retryAfter} seconds.`;
  const http = { status: 429, headers: new HeaderMap([['retry-after', String(retryAfter)]]) };
  return failure('RATE_LIMITED', message, { http, retryAfter, cost });
}

/**
 * Prices each operation before it runs, refuses what costs more than one may, takes the price from the caller's bucket, and
 * gives back what the answer did not need. What is no operation has its price, too.
 */
export function chargeOperations(charges: Charges): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart({ contextValue: { actor, address }, schema }) {
      const purse = charges.purseOf(actor, address);
      let spent: { requested: number; taken: number; available: number | null } | undefined;
      let actualOf = (_data: unknown): number => FINE;
      return {
        async didResolveOperation({ document, operation, request }) {
          // An operation that is none of the document has nothing to be priced.
          if (operation === undefined) return;
          const plan = pricePlanOf(schema, document, operation);
          const values = valuesOf(operation, request.variables);
          const requested = requestedPrice(plan, values);
          spent = { requested, taken: 0, available: null };
          if (requested > charges.maximum) throw tooDear(requested, charges.maximum);
          const taking = purse && (await charges.take(purse, requested));
          spent = { requested, taken: requested, available: taking?.available ?? null };
          actualOf = (data) => actualPrice(plan, values, data);
        },
        async willSendResponse({ response: { body, http } }) {
          if (body.kind !== 'single' || http.status === 429) return;
          const actual = actualOf(body.singleResult.data);
          const back = (spent?.taken ?? 0) - actual;
          if (purse && spent?.taken) charges.giveBack(purse, back);
          const left = (spent?.available ?? 0) + back;
          const available =
            spent?.available == null ? null : Math.min(purse?.size.points ?? left, Math.max(0, left));
          const { requested = 0 } = spent ?? {};
          const cost = { requested, actual, available, restoreRate: purse?.size.restorePerS ?? null };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}

function tooDear(requested: number, maximum: number) {
  const message = `An operation costs at most ${maximum} points; this one may cost ${requested}. Ask for smaller pages.`;
  return failure('COST_EXCEEDED', message, { requested, maximum });
}
