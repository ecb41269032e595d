import type { Tx } from '../../db/database.ts';
import { SCOPES, type Scope } from '../../graphql/actor.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isCleanText } from '../../kernel/text.ts';
import { ApiKeyRow } from './account.entity.ts';
import { formatApiKey, hashSecret, newSecret } from './api-key.ts';

export interface NewKey {
  readonly partyId: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** Makes an API key. Gives its row and its text, which is kept nowhere. */
export async function createApiKey(tx: Tx, key: NewKey, environment: string, now: Date) {
  const errors = [];
  if (key.name.length < 1 || key.name.length > 100 || !isCleanText(key.name)) {
    errors.push(invalid(['input', 'name'], 'A key has a name of 1 to 100 characters.'));
  }
  if (key.scopes.length === 0 || key.scopes.some((scope) => !SCOPES.includes(scope as Scope))) {
    errors.push(invalid(['input', 'scopes'], `Scopes are one or more of ${SCOPES.join(', ')}.`));
  }
  if (errors.length > 0) throw new Refusal(errors);
  const secret = newSecret();
  const row = tx.em.create(ApiKeyRow, {
    id: newId(),
    partyId: key.partyId,
    name: key.name,
    secretHash: hashSecret(secret),
    scopes: [...new Set(key.scopes)],
    createdAt: now,
    lastUsedAt: null,
    revokedAt: null,
  });
  await tx.em.flush();
  return { row, token: formatApiKey(environment, row.id, secret) };
}
