import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { rulesAt } from '../account/index.ts';
import { takesEffectAt } from '../plan/index.ts';

interface NewSharingTerms {
  readonly brandId: string;
  /** Of the commission base; 0 for nothing. */
  readonly rateBp: number;
}

const HIGHEST_BP = 1000;

interface Version {
  readonly id: string;
  readonly rateBp: number;
  readonly validFrom: Date;
}

/**
 * Sets what a brand gives for sharing: a raise at once, a cut at the next midnight. What was scheduled before never comes
 * into force. Gives the id of the terms that hold then; those in force, where they already are so.
 */
export async function setSharing(tx: Sql, { brandId, rateBp }: NewSharingTerms, now: Date): Promise<string> {
  const isRate = rateBp >= 0 && rateBp <= HIGHEST_BP;
  new Checks().that(isRate, 'rate', 'A brand gives 0 to 1000 basis points for sharing.').done();
  const [brand] = await tx.rows(sql`select from brand where id = ${brandId} for no key update`);
  if (brand === undefined) throw unknown(['input', 'brandId'], 'brand');
  const versions = await tx.rows(sql<Version>`
    select id, rate_bp as "rateBp", valid_from as "validFrom" from sharing_terms
    where brand_id = ${brandId} and (valid_to is null or valid_to > ${now}) order by valid_from`);
  const current = versions.find(({ validFrom }) => validFrom <= now);
  const before = current?.rateBp ?? 0;
  if (current !== undefined && before === rateBp) {
    await openAgain(tx, brandId, current.id, now);
    return current.id;
  }
  const path = ['input', 'rate'];
  const at = takesEffectAt(rateBp < before ? 'CUT' : 'RAISE', now, (await rulesAt(tx, now)).timeZone, path);
  await tx.rows(sql`
    update sharing_terms set valid_to = greatest(valid_from, ${at}::timestamptz) where id = ${current?.id ?? null}::uuid`);
  await dropScheduled(tx, brandId, now);
  const id = newId();
  await tx.rows(sql`
    insert into sharing_terms (id, brand_id, rate_bp, valid_from, set_at) values (${id}, ${brandId}, ${rateBp}, ${at}, ${now})`);
  return id;
}

/** Lets what holds go on without the end that a cut, which never comes, would have brought. */
async function openAgain(tx: Sql, brandId: string, id: string, now: Date): Promise<void> {
  await dropScheduled(tx, brandId, now);
  await tx.rows(sql`update sharing_terms set valid_to = null where id = ${id} and valid_to is not null`);
}

const dropScheduled = (tx: Sql, brandId: string, now: Date): Promise<unknown> =>
  tx.rows(
    sql`update sharing_terms set valid_to = valid_from where brand_id = ${brandId} and valid_from > ${now}`,
  );
