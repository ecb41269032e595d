import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { oneByKey } from '../../graphql/loaders.ts';

interface SigningKey {
  readonly id: string;
  readonly secret: Buffer;
}

/** The key by which all server processes sign; one read a request. */
export const signingKey = oneByKey<SigningKey>({
  name: 'signingKey',
  columns: [],
  read: (_keys, { sql: db }) => readKeys(db),
  keyOf: ({ id }) => id,
});
/** The key of the one signing key in its loader. */
export const THE_KEY = 'THE_KEY';

const readKeys = (db: Sql): Promise<SigningKey[]> =>
  db.rows(sql<SigningKey>`select ${THE_KEY} as id, secret from statement_key`);

export async function readSecret(db: Sql): Promise<Buffer> {
  const [key] = await readKeys(db);
  if (key === undefined) throw new Error('The key that addresses are signed by is missing.');
  return key.secret;
}
