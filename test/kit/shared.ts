import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The full path of a file that is shared with the project (vectors, data). Throws an error that names
 * ALLIANCE_SHARED when it is absent, since the folder lies outside the repository.
 */
export function sharedFile(name: string): string {
  const folder = resolve(process.env.ALLIANCE_SHARED ?? '../shared');
  const path = resolve(folder, name);
  if (!existsSync(path)) {
    throw new Error(`${path} is absent: set ALLIANCE_SHARED to the folder that holds ${name}`);
  }
  return path;
}
