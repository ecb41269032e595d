import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** How a sealed text begins: as it is, or by AES-256-GCM. */
const PLAIN = 0;
const SEALED = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals a text that must be read again, for one owner, under a key of 32 bytes: bound to the owner, it cannot be put in
 * another's place. Without a key it is kept as it is.
 */
export function seal(text: string, owner: string, key: Buffer | undefined): Buffer {
  if (key === undefined) return Buffer.concat([Buffer.of(PLAIN), Buffer.from(text)]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(SEALED), nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what was sealed for the owner. Throws when the key is another one, or none, or the text was changed. */
export function unseal(box: Buffer, owner: string, key: Buffer | undefined): string {
  if (box[0] === PLAIN) return box.subarray(1).toString('utf8');
  if (box[0] !== SEALED || key === undefined)
    throw new Error('A secret is sealed, and there is no key for it.');
  const nonce = box.subarray(1, 1 + NONCE_BYTES);
  const tag = box.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
  const text = decipher.update(box.subarray(1 + NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}
