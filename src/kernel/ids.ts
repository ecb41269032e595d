import { randomInt } from 'node:crypto';
import { v7 } from 'uuid';

/** A clock that goes back by less is one that is being put right: ids go on in order. One that goes back further is followed. */
const CLOCK_SET_BACK_MS = 10_000;
const last = { msecs: Number.NEGATIVE_INFINITY, seq: 0 };

/**
 * A new time-ordered id (UUID version 7). Ids are made here, not in the database, so that a batch knows them beforehand.
 * A clock that was far ahead and is set right is followed, since a row lies in the month of its id: uuid's own count would
 * stay at the latest time that it ever saw.
 */
export function newId(): string {
  const now = Date.now();
  if (now > last.msecs || now < last.msecs - CLOCK_SET_BACK_MS) {
    last.msecs = now;
    last.seq = randomInt(2 ** 31);
  } else {
    last.seq = (last.seq + 1) | 0;
    if (last.seq === 0) last.msecs++;
  }
  return v7(last);
}

/** An id as the database and we write it. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const GLOBAL_ID = /^([A-Z][A-Za-z]{0,63})_((?:[A-Za-z0-9_-]{22}){1,2})$/;

/** The local parts of a global id: its type and one UUID, or two for a row that lies with its brand. */
export interface GlobalId {
  readonly type: string;
  readonly id: string;
  /** The brand that the row lies with; only fact rows (order lines, entries) have it. */
  readonly brandId?: string;
}

/**
 * The opaque id that the API shows: the type's name, an underscore and 22 characters per UUID.
 * Rows that are distributed by brand carry the brand's UUID too, so that one look-up finds their place.
 */
export function toGlobalId(type: string, id: string, brandId?: string): string {
  return `${type}_${pack(id)}${brandId === undefined ? '' : pack(brandId)}`;
}

/** Reads a global id back, or gives undefined when the text is not one. Never throws, whatever the text. */
export function fromGlobalId(text: string): GlobalId | undefined {
  const match = GLOBAL_ID.exec(text);
  const type = match?.[1];
  const packed = match?.[2];
  if (type === undefined || packed === undefined) return undefined;
  const id = unpack(packed.slice(0, 22));
  return packed.length === 44 ? { type, id, brandId: unpack(packed.slice(22)) } : { type, id };
}

/** The UUID of a global id of one of these types; undefined for every other text. */
export function idOfType(text: string, ...types: readonly string[]): string | undefined {
  const parsed = fromGlobalId(text);
  return parsed !== undefined && types.includes(parsed.type) ? parsed.id : undefined;
}

/** The key of a row that lies with its brand, by its global id; one that nothing has for every other text. */
export function factKey(text: string, type: string): readonly string[] {
  const parsed = fromGlobalId(text);
  return parsed?.type === type && parsed.brandId !== undefined ? [parsed.brandId, parsed.id] : [NO_ID, NO_ID];
}

/** An id that nothing has, for look-ups of ids of a wrong shape. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

const pack = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');

function unpack(packed: string): string {
  const hex = Buffer.from(packed, 'base64url').toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
