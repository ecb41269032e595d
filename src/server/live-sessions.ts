import type { FastifyBaseLogger } from 'fastify';
import { decodeJwt } from 'jose';
import type { Database } from '../db/database.ts';
import { type Standing, standingOf } from '../features/account/index.ts';
import type { Actor } from '../graphql/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Metrics } from './metrics.ts';

/** Why the server ends a live connection: the code that a WebSocket is closed with, and what its caller is told. */
export const LIVE_ENDS = {
  GOING_AWAY: { code: 1001, message: 'This server is ending: connect anew.' },
  UNAUTHENTICATED: { code: 4401, message: 'The access token or API key is not valid, or its time is over.' },
  RIGHTS_CHANGED: {
    code: 4403,
    message: 'The organisations or roles of the caller have changed: connect anew.',
  },
  TOO_SLOW: {
    code: 4413,
    message: 'Events were not taken in time: go on with changes(after:) from the last cursor.',
  },
  TOO_MANY: { code: 4429, message: 'There are too many live connections, of this caller or at all.' },
} as const;
export type LiveEnd = keyof typeof LIVE_ENDS;

/** Connections of one server at most, and of one caller to it. */
export const MOST_SESSIONS = 2000;
export const MOST_SESSIONS_PER_CALLER = 20;
/** Subscriptions of one connection at most. */
export const MOST_SUBSCRIPTIONS = 20;
/** Within a second a key that was revoked, or a token whose time is over, receives nothing any more. */
const LOOK_EVERY_MS = 500;
/** An event that was not taken for so long ends the connection. */
const TAKE_WITHIN_MS = 15_000;

/** What a live connection goes over: a WebSocket, or one stream of events. */
const LIVE_TRANSPORTS = ['websocket', 'sse'] as const;
type LiveTransport = (typeof LIVE_TRANSPORTS)[number];

/** Who has opened a live connection, by which Authorization header, and over what. */
interface Opened {
  readonly actor: Actor;
  readonly authorization: string;
  readonly transport: LiveTransport;
}

/** One live connection. */
export class LiveSession {
  readonly actor: Actor;
  readonly transport: LiveTransport;
  readonly startedAt = performance.now();
  /** When the access token is over, by the clock of the machine; undefined for a key. */
  readonly expiresAt: number | undefined;
  /** When each event that is on its way was handed over, by its subscription. */
  readonly onTheWay = new Map<object, number>();
  readonly #ending = new AbortController();
  readonly #close: (end: LiveEnd) => void;

  constructor({ actor, authorization, transport }: Opened, close: (end: LiveEnd) => void) {
    this.actor = actor;
    this.transport = transport;
    this.expiresAt = actor.kind === 'USER' ? endOfToken(authorization) : undefined;
    this.#close = close;
  }

  /** Aborted when the connection ends, whoever ends it. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Ends the connection; only the first reason counts. */
  end(reason: LiveEnd): void {
    if (this.signal.aborted) return;
    this.#close(reason);
    this.#ending.abort();
  }

  /** The connection has ended by itself. */
  ended(): void {
    this.#ending.abort();
  }
}

/** The live connections of a server: so many at most, and each only as long as its caller is who they were. */
export class LiveSessions {
  readonly #sessions = new Set<LiveSession>();
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: FastifyBaseLogger;
  #timer: NodeJS.Timeout | undefined;

  constructor({ database, clock, log }: { database: Database; clock: Clock; log: FastifyBaseLogger }) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
  }

  /** How many there are over one transport. */
  countOver(transport: LiveTransport): number {
    return [...this.#sessions].filter((session) => session.transport === transport).length;
  }

  /** Whether one more connection of the caller may be opened. */
  hasRoomFor(actor: Actor): boolean {
    const ofCaller = [...this.#sessions].filter((session) => callerOf(session.actor) === callerOf(actor));
    return this.#sessions.size < MOST_SESSIONS && ofCaller.length < MOST_SESSIONS_PER_CALLER;
  }

  add(session: LiveSession): void {
    this.#sessions.add(session);
    session.signal.addEventListener('abort', () => this.#remove(session), { once: true });
    this.#lookLater();
  }

  /** Ends all of them, because the server ends. */
  endAll(): void {
    for (const session of this.#sessions) session.end('GOING_AWAY');
    clearTimeout(this.#timer);
  }

  #remove(session: LiveSession): void {
    this.#sessions.delete(session);
    const { kind, userId, apiKeyId } = session.actor;
    const ms = Math.round(performance.now() - session.startedAt);
    this.#log.info({ caller: kind, userId, apiKeyId, ms }, 'A live connection has ended');
  }

  #lookLater(): void {
    this.#timer ??= setTimeout(() => void this.#look(), LOOK_EVERY_MS).unref();
  }

  async #look(): Promise<void> {
    for (const session of this.#sessions) endWhenDue(session);
    try {
      await this.#endOthers([...this.#sessions]);
    } catch (err) {
      this.#log.error({ err }, 'Whether callers are who they were could not be read; it is tried again');
    }
    this.#timer = undefined;
    if (this.#sessions.size > 0) this.#lookLater();
  }

  /** Ends the sessions of those who are no longer what they were when they connected. */
  async #endOthers(sessions: readonly LiveSession[]): Promise<void> {
    const actors = sessions.map(({ actor }) => actor);
    const standings = await standingOf(this.#database, actors, this.#clock.now());
    for (const [i, session] of sessions.entries()) {
      const end = ENDS[standings[i] ?? 'SAME'];
      if (end !== undefined) session.end(end);
    }
  }
}

/** Has the metrics tell how many live connections this process has. */
export function addLiveGauge(metrics: Metrics, sessions: LiveSessions): void {
  metrics.gauge(
    'live_connections',
    'Connections of subscriptions to this process.',
    ['transport'],
    (gauge) => {
      for (const transport of LIVE_TRANSPORTS) gauge.set({ transport }, sessions.countOver(transport));
    },
  );
}

const ENDS: Readonly<Record<Standing, LiveEnd | undefined>> = {
  SAME: undefined,
  GONE: 'UNAUTHENTICATED',
  OTHER_RIGHTS: 'RIGHTS_CHANGED',
};

function endWhenDue(session: LiveSession): void {
  if (session.expiresAt !== undefined && session.expiresAt <= Date.now()) session.end('UNAUTHENTICATED');
  const longAgo = performance.now() - TAKE_WITHIN_MS;
  if ([...session.onTheWay.values()].some((since) => since <= longAgo)) session.end('TOO_SLOW');
}

/** The signature was checked when the caller was identified. */
function endOfToken(authorization: string): number | undefined {
  const { exp } = decodeJwt(authorization.replace(/^Bearer /i, ''));
  return exp === undefined ? undefined : exp * 1000;
}

const callerOf = ({ apiKeyId, issuer, subject }: Actor): string =>
  apiKeyId ?? JSON.stringify([issuer, subject]);
