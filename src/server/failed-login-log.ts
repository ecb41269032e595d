import type { Database } from '../db/database.ts';
import type { KeyFault } from '../features/account/index.ts';
import { writeAuditEntries } from '../graphql/audit.ts';
import type { Clock } from '../kernel/clock.ts';

/** Why a login has failed, for the audit log. */
export type LoginFault =
  | KeyFault
  | 'INVALID_TOKEN'
  | 'EXPIRED_TOKEN'
  | 'UNTRUSTED_ISSUER'
  | 'TOO_MANY_FAILED_LOGINS';

export interface FailedLogin {
  /** As `loginAddress` gives it; what has none is held by no limit. */
  readonly address?: string;
  readonly fault: LoginFault;
  readonly apiKeyId?: string;
  /** The organisation of the key. */
  readonly partyId?: string;
}

const MINUTE_MS = 60_000;
/** Of so many addresses, keys and faults a minute there is an entry of its own; the rest stand in one. */
const MAX_KINDS = 200;
const REST = 'others';

/**
 * Writes failed logins into the audit log, of each address, key and fault two entries a minute at most: the first one at
 * once, and when the minute is over how many more there were. A flood costs a few rows; a server that is killed loses the
 * count of its last minute.
 */
export class FailedLoginLog {
  private more = new Map<string, { login: FailedLogin; attempts: number }>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    everyMs = MINUTE_MS,
  ) {
    this.timer = setInterval(() => void this.flush().catch(() => undefined), everyMs);
    this.timer.unref();
  }

  async note(login: FailedLogin): Promise<void> {
    const { address = '', fault, apiKeyId = '' } = login;
    const kind = [address, fault, apiKeyId].join(' ');
    const known = this.more.get(kind) ?? (this.more.size < MAX_KINDS ? undefined : this.rest());
    if (known !== undefined) {
      known.attempts += 1;
      return;
    }
    this.more.set(kind, { login, attempts: 0 });
    await this.write(login, 1);
  }

  /** Writes what the minute has brought, and begins another one. */
  async flush(): Promise<void> {
    const over = [...this.more.values()];
    this.more = new Map();
    for (const { login, attempts } of over) if (attempts > 0) await this.write(login, attempts);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private rest() {
    const rest = this.more.get(REST) ?? {
      login: { address: REST, fault: 'TOO_MANY_FAILED_LOGINS' as const },
      attempts: 0,
    };
    this.more.set(REST, rest);
    return rest;
  }

  private async write({ address, fault, apiKeyId, partyId }: FailedLogin, attempts: number): Promise<void> {
    await writeAuditEntries(this.database, [
      {
        at: this.clock.now(),
        actor: { apiKeyId },
        partyId,
        concerned: partyId === undefined ? [] : [partyId],
        operation: 'signIn',
        address,
        outcome: 'REFUSED',
        errorTypes: [fault],
        attempts,
      },
    ]);
  }
}
