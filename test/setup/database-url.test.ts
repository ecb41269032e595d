import { expect, inject, test } from 'vitest';
import { checkServer } from '../../src/db/preflight.ts';
import { freshDatabase } from '../kit/database.ts';

test('a database that fits is taken', async () => {
  const fresh = await freshDatabase();
  await expect(checkServer(fresh.url)).resolves.toBeUndefined();
  await fresh.drop();
});

test('a database that is not there is named with the command that makes it', async () => {
  const url = new URL(inject('testDatabases').adminUrl);
  url.pathname = '/alliance_nowhere';
  await expect(checkServer(url.href)).rejects.toThrow(/no database "alliance_nowhere".*createdb/);
});

test('a database in another encoding is refused', async () => {
  const fresh = await freshDatabase({
    create: "encoding 'SQL_ASCII' template template0 locale_provider libc lc_collate 'C' lc_ctype 'C'",
  });
  await expect(checkServer(fresh.url)).rejects.toThrow(/SQL_ASCII, but Chinese words need UTF8/);
  await fresh.drop();
});
