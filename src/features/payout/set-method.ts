import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import { checkMethod, type GivenMethod } from './payout-method.ts';

/**
 * Sets the account that a payee is paid to from now on, or that the alliance pays from. The one before is retired;
 * payouts that are on their way keep theirs. Gives the id.
 */
export async function setMethod(
  tx: Sql,
  { partyId, ...given }: GivenMethod & { readonly partyId: string },
  now: Date,
): Promise<string> {
  const method = checkMethod(given);
  // One after the other, so that the last one stands.
  await tx.rows(sql`select from party where id = ${partyId} for no key update`);
  await tx.rows(sql`
    update payout_method set retired_at = greatest(${now}, set_at) where party_id = ${partyId} and retired_at is null`);
  const id = newId();
  await tx.rows(sql`
    insert into payout_method (id, party_id, kind, holder, country, account_number, is_iban, bic, clearing_code, set_at)
    values (${id}, ${partyId}, ${method.kind}, ${method.holder}, ${method.country}, ${method.accountNumber},
      ${method.isIban}, ${method.bic}, ${method.clearingCode}, ${now})`);
  return id;
}

/** Retires an account: nothing new is paid to it. Retiring it again changes nothing. */
export async function retireMethod(tx: Sql, id: string, now: Date): Promise<void> {
  await tx.rows(sql`
    update payout_method set retired_at = greatest(${now}, set_at) where id = ${id} and retired_at is null`);
}
