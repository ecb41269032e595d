import pg from 'pg';
import { SetUpError } from '../kernel/set-up-error.ts';

const OLDEST_MAJOR_VERSION = 15;
const OR_EMBEDDED = 'unset DATABASE_URL to use the embedded one';

/**
 * Connects once to the database of `DATABASE_URL` and throws a SetUpError with one line that says what is missing;
 * it names the host, the database and the user, never the password.
 */
export async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding`,
    );
    refuseUnfit(rows[0]);
  } catch (error) {
    throw error instanceof SetUpError ? error : new SetUpError(explain(error, url));
  } finally {
    await client.end().catch(() => undefined);
  }
}

function refuseUnfit({ version, encoding }: { version: number; encoding: string }): void {
  if (version < OLDEST_MAJOR_VERSION) {
    throw new SetUpError(
      `DATABASE_URL: the server is PostgreSQL ${version}, but ${OLDEST_MAJOR_VERSION} or newer is needed: ` +
        `use one, or ${OR_EMBEDDED}.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new SetUpError(
      `DATABASE_URL: the database is in ${encoding}, but Chinese words need UTF8: make it with ` +
        '"create database … encoding UTF8 template template0".',
    );
  }
}

function explain(error: unknown, url: string): string {
  const { hostname, port, pathname, username } = new URL(url);
  const database = decodeURIComponent(pathname.slice(1));
  const server = `${hostname || 'localhost'}:${port || 5432}`;
  const { code, message } = innermost(error);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `DATABASE_URL: no PostgreSQL answers at ${server}: start it, correct the address, or ${OR_EMBEDDED}.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `DATABASE_URL: the host ${hostname} is not known: correct it, or ${OR_EMBEDDED}.`;
    case '3D000':
      return (
        `DATABASE_URL: there is no database "${database}" at ${server}: ` +
        `make it (createdb --encoding=UTF8 ${database}), or correct the name.`
      );
    case '28P01':
    case '28000':
      return `DATABASE_URL: ${server} refuses "${username}" (${message}): correct the name or the password.`;
    case '53300':
      return `DATABASE_URL: ${server} has no connection left: raise its max_connections, or lower DATABASE_POOL_SIZE.`;
    default:
      return `DATABASE_URL: ${server} cannot be used: ${message || code || 'it gave no reason'}.`;
  }
}

/** A host with several addresses fails with an AggregateError of one error each. */
function innermost(error: unknown): { code?: string; message?: string } {
  const { errors } = error as { errors?: unknown[] };
  return (errors?.[0] ?? error) as { code?: string; message?: string };
}
