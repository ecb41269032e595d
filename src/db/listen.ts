import pg from 'pg';

/** Listening for what other connections notify. */
export interface Listening {
  stop(): Promise<void>;
}

const AGAIN_AFTER_MS = 500;

/**
 * Listens on a channel by a connection of its own, which is opened anew whenever it is lost. What is notified in between
 * is missed: whoever listens also looks by itself from time to time.
 */
export function listen(url: string, channel: string, onNotice: () => void): Listening {
  let stopped = false;
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'goods-alliance-listener' });
    client = fresh;
    fresh.on('notification', onNotice);
    fresh.on('error', () => undefined);
    fresh.on('end', later);
    try {
      await fresh.connect();
      await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
      if (stopped) await fresh.end();
      else onNotice();
    } catch {
      // A connection that never was ends without saying so.
      await fresh.end().catch(() => undefined);
      later();
    }
  };
  const later = (): void => {
    if (stopped || again !== undefined) return;
    again = setTimeout(() => {
      again = undefined;
      void connect();
    }, AGAIN_AFTER_MS);
    again.unref();
  };
  const connected = connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(again);
      await connected;
      await client?.end().catch(() => undefined);
    },
  };
}
