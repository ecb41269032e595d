import pg from 'pg';

/** One process's share in a running embedded PostgreSQL. */
export interface Hold {
  /** Gives the share back; true when nobody else has one, and then nobody can take one until the server stops. */
  letGo(): Promise<boolean>;
}

/**
 * Everyone who uses the embedded PostgreSQL keeps this advisory lock, shared, in a session of its own. The last one
 * gets it exclusively, and so knows that it may stop the server; whoever comes in that moment waits for the lock, is
 * cut off by the shutdown, and starts the server again. A killed process loses its session and so its share: nothing
 * is left to clean up, which files with process numbers would need.
 */
const DOOR = 724_630_118;

/** Takes a share. `onLost` is told when the session ends before it was let go. */
export async function takeHold(url: string, onLost: () => void): Promise<Hold> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'alliance hold',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  let isOver = false;
  const lose = () => {
    if (isOver) return;
    isOver = true;
    onLost();
  };
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [DOOR]);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  client.on('end', lose);
  return {
    async letGo() {
      if (isOver) return false;
      isOver = true;
      return tryLetGo(client);
    },
  };
}

async function tryLetGo(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [DOOR]);
    const { rows } = await client.query('select pg_try_advisory_lock($1) as last', [DOOR]);
    if (rows[0].last === true) return true;
    await client.end();
  } catch {
    // The server has gone already, so there is no share to give back.
  }
  return false;
}
