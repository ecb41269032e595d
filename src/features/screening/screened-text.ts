import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { SavedText } from '../account/index.ts';

/** One part of a text: `title`, `description`, `gifts.0`, `highlights.2`. */
export interface TextPart {
  readonly field: string;
  readonly text: string;
}

/** A text as it stands now, with whose it is and where. */
export interface ScreenedText extends SavedText {
  readonly partyId: string;
  readonly parts: readonly TextPart[];
  /** From the top to the category of a product; empty for what has none. */
  readonly categoryPath: readonly string[];
  /** The same for the same text, and for no other. */
  readonly hash: string;
}

type Read = Omit<ScreenedText, 'type' | 'id' | 'hash'>;

/** SQL: of each kind of text the row with its owner and parts, under a lock against its being replaced. */
const READS: Readonly<Record<SavedText['type'], (id: string) => RawBuilder<Read>>> = {
  Product: (id) => sql<Read>`
    select p.brand_id as "partyId", c.path as "categoryPath", jsonb_build_array(
      jsonb_build_object('field', 'title', 'text', p.title),
      jsonb_build_object('field', 'description', 'text', p.description)) as parts
    from product p join category c on c.id = p.category_id where p.id = ${id} for no key update of p`,
  LivePlan: (id) => sql<Read>`
    select l.creator_id as "partyId", '{}'::uuid[] as "categoryPath", v.parts
    from live_plan l cross join lateral (
      select jsonb_build_array(jsonb_build_object('field', 'title', 'text', v.title))
        || coalesce((select jsonb_agg(jsonb_build_object('field', 'gifts.' || g.no - 1, 'text', g.text) order by g.no)
          from unnest(v.gifts) with ordinality g (text, no)), '[]')
        || coalesce((select jsonb_agg(jsonb_build_object('field', 'highlights.' || h.no - 1, 'text', h.moment ->> 'text')
          order by h.no) from jsonb_array_elements(v.highlights) with ordinality h (moment, no)), '[]') as parts
      from live_plan_version v where v.plan_id = l.id order by v.version desc limit 1) v
    where l.id = ${id} for no key update of l`,
  LiveSession: (id) => sql<Read>`
    select s.creator_id as "partyId", '{}'::uuid[] as "categoryPath",
      jsonb_build_array(jsonb_build_object('field', 'title', 'text', s.title)) as parts
    from live_session s where s.id = ${id} for no key update of s`,
};

/** Reads a text and locks it: until the transaction ends nobody replaces it, reports it or screens it. One statement. */
export async function readText(tx: Sql, { type, id }: SavedText): Promise<ScreenedText> {
  const [row] = await tx.rows(READS[type](id));
  if (row === undefined) throw new Error(`There is no text of ${type} ${id}.`);
  const hash = createHash('sha256').update(JSON.stringify(row.parts.map(({ field, text }) => [field, text])));
  return { ...row, type, id, hash: hash.digest('hex') };
}

const COLUMNS = { Product: 'product_id', LivePlan: 'live_plan_id', LiveSession: 'live_session_id' } as const;

/** SQL: the column of a finding that holds the id of such a text. */
export const columnOf = (type: SavedText['type']): RawBuilder<unknown> => sql.raw(COLUMNS[type]);
