import { type Variable, wholeNumber } from '../config-values.ts';

const count = (standard: number, most: number, about: string) => ({
  default: String(standard),
  value: wholeNumber(1, most),
  about,
});

/** What the environment may say of limits. */
export const LIMIT_VARIABLES = {
  LIMIT_DEPTH: count(12, 100, 'How deep the fields of a GraphQL document may lie inside each other.'),
  LIMIT_ALIASES: count(30, 10_000, 'Aliases of a GraphQL document at most, each use of a fragment counted.'),
  LIMIT_TOKENS: count(2_000, 100_000, 'Words and signs of a GraphQL document at most.'),
  LIMIT_DIRECTIVES: count(10, 10_000, 'Directives in a GraphQL document at most.'),
  LIMIT_FRAGMENTS: count(50, 10_000, 'Fragments with names in a GraphQL document at most.'),
  LIMIT_ROOT_FIELDS: count(20, 10_000, 'Fields that a GraphQL document may ask for at its root.'),
  LIMIT_BODY_BYTES: count(1_048_576, 104_857_600, 'Bytes of a request body at most.'),
  LIMIT_ANONYMOUS_BODY_BYTES: count(
    102_400,
    104_857_600,
    'Bytes of the body of a request without an Authorization header at most.',
  ),
  LIMIT_COST: count(1_000, 100_000_000, 'Points that one GraphQL operation may cost.'),
  LIMIT_STATEMENT_MS: count(
    5_000,
    600_000,
    'Milliseconds that one database statement of an API request may take.',
  ),
  LIMIT_REQUEST_MS: count(
    10_000,
    600_000,
    'Milliseconds that a request may take to arrive, and to be answered.',
  ),
  RATE_POINTS: {
    default: '20000',
    value: wholeNumber(0, 999_999_999),
    about: 'Points that a key or an account may spend at once; 0 sets nobody any limit.',
  },
  RATE_RESTORE: count(1_000, 1_000_000, 'Points that a key or an account gets back each second.'),
  RATE_ANONYMOUS_POINTS: count(
    5_000,
    999_999_999,
    'Points that an address without a token may spend at once.',
  ),
  RATE_ANONYMOUS_RESTORE: count(100, 1_000_000, 'Points that such an address gets back each second.'),
  MAX_REQUESTS_IN_FLIGHT: count(
    64,
    10_000,
    'GraphQL requests that one server works on at once, at most; what is more is answered with 503.',
  ),
} satisfies Record<string, Variable<unknown>>;

type Values = {
  readonly [Name in keyof typeof LIMIT_VARIABLES]?: number;
};

/** A leaky bucket: how many points it holds, and how many it gets back each second. */
export interface BucketSize {
  readonly points: number;
  readonly restorePerS: number;
}

/** Limits of a GraphQL document. */
export interface DocumentLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly tokens: number;
  readonly directives: number;
  readonly rootFields: number;
  readonly fragments: number;
}

/** All limits of a server. */
export interface Limits {
  readonly document: DocumentLimits;
  /** In points. */
  readonly cost: number;
  readonly bodyBytes: number;
  readonly anonymousBodyBytes: number;
  readonly statementMs: number;
  readonly requestMs: number;
  readonly inFlight: number;
  /** Undefined where nobody has any. */
  readonly rate: { readonly known: BucketSize; readonly anonymous: BucketSize } | undefined;
}

/** The limits that the environment asks for. */
export function limitsOf(values: Values): Limits {
  return {
    document: {
      depth: values.LIMIT_DEPTH!,
      aliases: values.LIMIT_ALIASES!,
      tokens: values.LIMIT_TOKENS!,
      directives: values.LIMIT_DIRECTIVES!,
      rootFields: values.LIMIT_ROOT_FIELDS!,
      fragments: values.LIMIT_FRAGMENTS!,
    },
    cost: values.LIMIT_COST!,
    bodyBytes: values.LIMIT_BODY_BYTES!,
    anonymousBodyBytes: values.LIMIT_ANONYMOUS_BODY_BYTES!,
    statementMs: values.LIMIT_STATEMENT_MS!,
    requestMs: values.LIMIT_REQUEST_MS!,
    inFlight: values.MAX_REQUESTS_IN_FLIGHT!,
    rate:
      values.RATE_POINTS === 0
        ? undefined
        : {
            known: { points: values.RATE_POINTS!, restorePerS: values.RATE_RESTORE! },
            anonymous: {
              points: values.RATE_ANONYMOUS_POINTS!,
              restorePerS: values.RATE_ANONYMOUS_RESTORE!,
            },
          },
  };
}
