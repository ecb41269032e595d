import { type DatabaseConnection, PostgresDriver } from 'kysely';
import { setUpConnection } from './rights.ts';
import { tellTimeout } from './statement-timeout.ts';

/** Kysely's driver on connections that work as the application's role. */
export class AllianceDriver extends PostgresDriver {
  #current = new WeakSet<DatabaseConnection>();

  override async acquireConnection(
    ...args: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection(...args);
    try {
      if (!this.#current.has(connection)) await setUpConnection(connection);
      await tellTimeout(connection);
    } catch (error) {
      await super.releaseConnection(connection as never);
      throw error;
    }
    this.#current.add(connection);
    return connection;
  }

  /** Has every connection ask anew for its role: there is none before the migration that makes it. */
  renewRoles(): void {
    this.#current = new WeakSet();
  }

  /**
   * A connection that was cut in a transaction cannot be asked to roll back, and need not be: PostgreSQL has done it. If
   * that were thrown, Kysely would never give the connection back, and each restart of PostgreSQL would cost the pool some.
   */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}
