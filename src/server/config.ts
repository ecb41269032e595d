import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse as parseDotEnv } from 'dotenv';
import { SetUpError } from '../kernel/set-up-error.ts';
import type { WebhookSettings } from '../kernel/webhook-settings.ts';
import {
  bool,
  currencyCode,
  httpUrl,
  oneOf,
  path,
  postgresUrl,
  proxies,
  secretKey,
  text,
  timeZone,
  type Variable,
  webhookSecret,
  wholeNumber,
} from './config-values.ts';
import { LIMIT_VARIABLES, type Limits, limitsOf } from './limits/limit-variables.ts';

/** Level by level, or every query by graphql-js. */
const EXECUTORS = ['levels', 'graphql-js'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
/** A little longer than the usual time between two looks of a load balancer. */
const DELAY_IN_PRODUCTION_SECONDS = 5;
const MODES = ['development', 'test', 'production'] as const;

/**
 * Every variable that the alliance reads, declared once: the configuration, its error messages, `.env.example` and
 * the table of the README all come from here, and a test compares them.
 */
export const VARIABLES = {
  NODE_ENV: {
    default: 'development',
    value: oneOf(MODES),
    about: 'In production there is no demo and no built-in token issuer, and the OIDC variables must be set.',
  },
  HOST: {
    default: '127.0.0.1',
    value: text,
    about: 'Address to listen on; 0.0.0.0 opens it to the network.',
  },
  PORT: { default: '4000', value: wholeNumber(0, 65_535), about: 'HTTP port; 0 takes any free one.' },
  TRUST_PROXY: {
    value: proxies,
    about:
      'Addresses of the proxies whose X-Forwarded-For is believed, by commas; none is believed when left out.',
  },
  DATABASE_URL: {
    value: postgresUrl,
    about: 'A PostgreSQL 15 or newer to use instead of the embedded one.',
    secret: true,
  },
  DATABASE_POOL_SIZE: {
    default: '10',
    value: wholeNumber(2, 500),
    about: 'Database connections of one process at most, beside those for reading.',
  },
  DATABASE_READERS: {
    default: '3',
    value: wholeNumber(1, 100),
    about: 'Further connections, which all requests of a process share for what they read.',
  },
  GROUP_COMMIT_MS: {
    default: '2',
    value: wholeNumber(0, 100),
    about:
      'So long a report of a few order events waits for others to be committed with it; 0 gives each a commit of its own.',
  },
  ALLIANCE_DATA_DIR: {
    default: '.alliance',
    value: path,
    about: 'Folder of the embedded PostgreSQL and of the log; of a sandbox .alliance-sandbox when left out.',
  },
  ALLIANCE_DEMO: {
    value: bool,
    about: 'Whether an empty alliance is filled with the demo: yes outside production, never in it.',
  },
  ALLIANCE_SANDBOX: {
    default: 'no',
    value: bool,
    about:
      'Whether this is a sandbox, which goes by a clock that is moved through the API; the same as --sandbox.',
  },
  TRUSTED_DOCUMENTS_ONLY: {
    default: 'no',
    value: bool,
    about:
      'Whether creators run the trusted documents of their app alone; always so in production that is no sandbox.',
  },
  ALLIANCE_TIME_ZONE: {
    default: 'Asia/Shanghai',
    value: timeZone,
    about: 'IANA time zone whose midnight begins the days of the alliance.',
  },
  ALLIANCE_CURRENCY: {
    default: 'CNY',
    value: currencyCode,
    about: 'ISO 4217 code of the currency of a new alliance.',
  },
  OIDC_ISSUER: {
    value: httpUrl,
    about: 'Issuer of the access tokens of creators, members and operators.',
  },
  OIDC_AUDIENCE: { value: text, about: 'Audience that an access token must name.' },
  OIDC_JWKS_URL: {
    value: httpUrl,
    about: "Address of the issuer's keys; found by discovery when left out.",
  },
  PAYOUT_PROVIDER_URL: {
    value: httpUrl,
    about:
      'Address of the provider that pays to accounts that are not at banks; none is called when left out.',
  },
  PAYOUT_PROVIDER_TOKEN: {
    value: text,
    about: 'Token that the provider knows the alliance by.',
    secret: true,
  },
  PAYOUT_CALLBACK_SECRET: {
    value: webhookSecret,
    about:
      'Secret that callbacks of the provider to /payouts/callback are signed with; none is taken when left out.',
    secret: true,
  },
  WEBHOOK_ALLOW_INSIDE: {
    value: bool,
    about:
      'Whether webhooks may go to addresses inside the network, and by http: yes outside production, never in it unless set.',
  },
  WEBHOOK_SECRET_KEY: {
    value: secretKey,
    about:
      'Key of 32 bytes in base64 by which the secrets of webhooks are sealed in the database; they stand there as they are without.',
    secret: true,
  },
  METRICS_PORT: {
    value: wholeNumber(0, 65_535),
    about:
      'Port of /metrics, /healthz and /readyz for whoever runs it, of a server and of a worker; none when left out.',
  },
  METRICS_HOST: {
    default: '127.0.0.1',
    value: text,
    about:
      'Address of that port; metrics are not for everybody, so that only this machine sees them as it is.',
  },
  SHUTDOWN_DELAY_SECONDS: {
    value: wholeNumber(0, 300),
    about:
      'How long a server goes on after SIGTERM while /readyz says 503, for balancers to notice: 5 in production, else 0.',
  },
  SHUTDOWN_TIMEOUT_SECONDS: {
    default: '20',
    value: wholeNumber(0, 300),
    about: 'How long requests that were taken may then take to be answered, and jobs to come to a stop.',
  },
  ...LIMIT_VARIABLES,
  EXECUTOR: {
    default: 'levels',
    value: oneOf(EXECUTORS),
    about:
      'What executes queries: level by level, or all by graphql-js, which is slower and gives the same answers.',
  },
  LOG_LEVEL: {
    default: 'info',
    value: oneOf(LOG_LEVELS),
    about: 'The least severe log lines that are written.',
  },
  LOG_FILE: {
    value: path,
    about: 'File for the JSON log; standard error in production, else server.log in the data folder.',
  },
} satisfies Record<string, Variable<unknown>>;

/** What the environment asked for, checked. */
export interface Config {
  mode: (typeof MODES)[number];
  host: string;
  port: number;
  /** The addresses or ranges of the proxies that tell whom they forward; undefined for none. */
  trustedProxies: string[] | undefined;
  /** Undefined for the embedded PostgreSQL. It may hold a password: never to be printed. */
  databaseUrl: string | undefined;
  databasePoolSize: number;
  databaseReaders: number;
  /** How long single reports of order events wait for others to share a commit with; 0 for not at all. */
  groupCommitMs: number;
  /** Absolute. */
  dataFolder: string;
  /** Whether an empty alliance is filled with the demo. */
  demo: boolean;
  /** Whether the alliance is a sandbox with a clock of its own. */
  sandbox: boolean;
  /** Whether the issuer that hands a token to anyone who asks is there and trusted; never in production. */
  builtInIssuer: boolean;
  /** Whether creators run the trusted documents of their app alone. */
  trustedDocumentsOnly: boolean;
  timeZone: string;
  currencyCode: string;
  /** The outside issuer, where one is set. */
  oidc: { issuer: string; audience: string; jwksUrl: string | undefined } | undefined;
  /** The provider of payouts, where one is set. The token is secret. */
  payoutProvider: { url: string; token: string } | undefined;
  /** What callbacks of the provider are signed with. Secret. */
  payoutCallbackSecret: string | undefined;
  /** Where webhooks may go, and the key that seals their secrets. Secret. */
  webhooks: WebhookSettings;
  /** Where a process tells how it is, where that is wanted. */
  metrics: { host: string; port: number } | undefined;
  /** How long the end of a process may take. */
  shutdown: { delayMs: number; limitMs: number };
  limits: Limits;
  executor: (typeof EXECUTORS)[number];
  logLevel: (typeof LOG_LEVELS)[number];
  /** Absolute; undefined for standard error. */
  logFile: string | undefined;
}

/** A sandbox and an alliance that is none are never in one database, so that each has a folder by itself. */
const SANDBOX_FOLDER = '.alliance-sandbox';

type Values = { [Name in keyof typeof VARIABLES]: ReturnType<(typeof VARIABLES)[Name]['value']['parse']> };

/** The environment with `.env` of the folder beneath it: what is set in the environment wins. */
export function readEnvironment(folder = process.cwd()): NodeJS.ProcessEnv {
  const file = join(folder, '.env');
  const fromFile = existsSync(file) ? parseDotEnv(readFileSync(file)) : {};
  return { ...fromFile, ...process.env };
}

/**
 * Reads the configuration from an environment. Throws one SetUpError that names every variable with a wrong or a
 * missing value and what is allowed; secrets are not repeated in it.
 */
export function readConfig(env: NodeJS.ProcessEnv = readEnvironment()): Config {
  const problems: string[] = [];
  const values = readValues(env, problems);
  checkTogether(values, problems);
  if (problems.length > 0) throw new SetUpError(`Wrong configuration: ${problems.join('; ')}.`);
  return compose(values);
}

function readValues(env: NodeJS.ProcessEnv, problems: string[]): Values {
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<Variable<unknown>>(VARIABLES)) {
    // An empty value means "not set": that is how compose files and CI systems hand on what they do not have.
    const given = env[name]?.trim() || undefined;
    const value = variable.value.parse(given ?? variable.default);
    if (value === undefined && given !== undefined) problems.push(refusal(name, variable, given));
    values[name] = value;
  }
  return values as Values;
}

function refusal(name: string, { value, secret }: Variable<unknown>, given: string): string {
  return `${name} must be ${value.allowed}${secret ? '' : `, not "${given}"`}`;
}

function checkTogether(values: Values, problems: string[]): void {
  if (
    (values.OIDC_ISSUER === undefined) !== (values.OIDC_AUDIENCE === undefined) &&
    values.NODE_ENV !== 'production'
  ) {
    problems.push('OIDC_ISSUER and OIDC_AUDIENCE must be set together');
  }
  if ((values.PAYOUT_PROVIDER_URL === undefined) !== (values.PAYOUT_PROVIDER_TOKEN === undefined)) {
    problems.push('PAYOUT_PROVIDER_URL and PAYOUT_PROVIDER_TOKEN must be set together');
  }
  if (values.NODE_ENV !== 'production') return;
  const needed = (['DATABASE_URL', 'OIDC_ISSUER', 'OIDC_AUDIENCE'] as const).filter(
    (name) => values[name] === undefined && !problems.some((problem) => problem.startsWith(name)),
  );
  if (needed.length > 0) problems.push(`NODE_ENV=production needs ${needed.join(', ')}`);
  if (values.ALLIANCE_DEMO) problems.push('ALLIANCE_DEMO must not be on with NODE_ENV=production');
}

function compose(values: Values): Config {
  const isProduction = values.NODE_ENV === 'production';
  const sandbox = values.ALLIANCE_SANDBOX!;
  const isUsualFolder = values.ALLIANCE_DATA_DIR === VARIABLES.ALLIANCE_DATA_DIR.default;
  const dataFolder = resolve(sandbox && isUsualFolder ? SANDBOX_FOLDER : values.ALLIANCE_DATA_DIR!);
  const logFile = values.LOG_FILE ?? (isProduction ? undefined : join(dataFolder, 'server.log'));
  return {
    mode: values.NODE_ENV!,
    host: values.HOST!,
    port: values.PORT!,
    trustedProxies: values.TRUST_PROXY,
    databaseUrl: values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE!,
    databaseReaders: values.DATABASE_READERS!,
    groupCommitMs: values.GROUP_COMMIT_MS!,
    dataFolder,
    demo: values.ALLIANCE_DEMO ?? !isProduction,
    sandbox,
    builtInIssuer: !isProduction,
    trustedDocumentsOnly: values.TRUSTED_DOCUMENTS_ONLY! || (isProduction && !sandbox),
    timeZone: values.ALLIANCE_TIME_ZONE!,
    currencyCode: values.ALLIANCE_CURRENCY!,
    oidc: values.OIDC_ISSUER
      ? { issuer: values.OIDC_ISSUER, audience: values.OIDC_AUDIENCE!, jwksUrl: values.OIDC_JWKS_URL }
      : undefined,
    payoutProvider: values.PAYOUT_PROVIDER_URL
      ? { url: values.PAYOUT_PROVIDER_URL.replace(/\/+$/, ''), token: values.PAYOUT_PROVIDER_TOKEN! }
      : undefined,
    payoutCallbackSecret: values.PAYOUT_CALLBACK_SECRET,
    webhooks: {
      allowInside: values.WEBHOOK_ALLOW_INSIDE ?? !isProduction,
      secretKey: values.WEBHOOK_SECRET_KEY,
    },
    metrics:
      values.METRICS_PORT === undefined
        ? undefined
        : { host: values.METRICS_HOST!, port: values.METRICS_PORT },
    shutdown: {
      delayMs: (values.SHUTDOWN_DELAY_SECONDS ?? (isProduction ? DELAY_IN_PRODUCTION_SECONDS : 0)) * 1000,
      limitMs: values.SHUTDOWN_TIMEOUT_SECONDS! * 1000,
    },
    limits: limitsOf(values),
    executor: values.EXECUTOR!,
    logLevel: values.LOG_LEVEL!,
    logFile: logFile && resolve(logFile),
  };
}
