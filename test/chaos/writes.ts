import type pg from 'pg';

/** What became of one reported event, as it was answered. */
export interface EventAnswered {
  readonly eventId: string;
  readonly status: string;
}

/** A write under an idempotency key that was answered: the table that its row is in, and the row's id. */
interface KeyedWrite {
  readonly table: KeyedTable;
  readonly id: string;
}

export type KeyedTable = 'payout' | 'ledger_transfer';

/**
 * Notes every write that was answered, and everything in the answers that cannot be where each write is there exactly
 * once: one that was answered and is new again was lost, and one that is there before it was sent is somebody else's.
 */
export class Writes {
  readonly problems: string[] = [];
  readonly #sent = new Set<string>();
  readonly #events = new Set<string>();
  readonly #keyed = new Map<string, KeyedWrite>();
  /** Answered since the last look into the database. */
  #freshEvents: string[] = [];
  #freshKeyed: KeyedWrite[] = [];

  get events(): number {
    return this.#events.size;
  }

  /** How many writes have left a row in the table. */
  keyed(table: KeyedTable): number {
    return [...this.#keyed.values()].filter((write) => write.table === table).length;
  }

  /** A call with events was answered, after so many attempts without an answer. */
  answeredEvents(answers: readonly EventAnswered[], unanswered: number): void {
    const fresh = answers.filter(({ eventId }) => !this.#events.has(eventId));
    for (const { eventId, status } of answers) {
      const tell = (what: string) => this.problems.push(`event ${eventId}: ${what} (${status})`);
      if (status === 'REJECTED') tell('was refused');
      else if (this.#events.has(eventId) && status !== 'DUPLICATE') tell('was answered before and is lost');
      else if (unanswered === 0 && !this.#sent.has(eventId) && status === 'DUPLICATE') tell('is there twice');
    }
    const repeated = fresh.filter(({ status }) => status === 'DUPLICATE').length;
    if (repeated > 0 && repeated < fresh.length)
      this.problems.push(`of a call with ${fresh.length} events that had no answer ${repeated} are there`);
    for (const { eventId } of fresh) {
      this.#sent.add(eventId);
      this.#events.add(eventId);
      this.#freshEvents.push(eventId);
    }
  }

  /** A write under a key was answered with a row. */
  answeredKey(key: string, table: KeyedTable, id: string): void {
    const before = this.#keyed.get(key);
    if (before === undefined) {
      this.#keyed.set(key, { table, id });
      this.#freshKeyed.push({ table, id });
    } else if (before.id !== id)
      this.problems.push(`key ${key}: answered with ${before.id}, and then with ${id}`);
  }

  /** Looks for what was answered since the last time, or for all of it. */
  async lookInto(client: pg.Client, all = false): Promise<void> {
    const events = all ? [...this.#events] : this.#freshEvents;
    const keyed = all ? [...this.#keyed.values()] : this.#freshKeyed;
    [this.#freshEvents, this.#freshKeyed] = [[], []];
    await this.#look(client, 'select event_id as id from order_event where event_id = any($1)', events);
    const idsOf = (table: KeyedTable) => keyed.filter((write) => write.table === table).map(({ id }) => id);
    await this.#look(client, 'select id::text from payout where id = any($1::uuid[])', idsOf('payout'));
    await this.#look(
      client,
      'select transaction_id::text as id from ledger_transfer where transaction_id = any($1::uuid[])',
      idsOf('ledger_transfer'),
    );
  }

  async #look(client: pg.Client, query: string, wanted: readonly string[]): Promise<void> {
    const { rows } = await client.query<{ id: string }>(query, [wanted]);
    const times = new Map<string, number>();
    for (const { id } of rows) times.set(id, (times.get(id) ?? 0) + 1);
    for (const id of new Set(wanted)) {
      if (times.get(id) !== 1)
        this.problems.push(`${id} was answered and is there ${times.get(id) ?? 0} times`);
    }
  }
}
