import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { PayoutProvider } from '../payout/index.ts';

type Report = Awaited<ReturnType<PayoutProvider['send']>>;

/**
 * What becomes of a payout in a sandbox, by the name of the holder of the account that it goes to, as payment sandboxes
 * have magic values; to everybody else it arrives at once.
 */
const BY_HOLDER: Readonly<Record<string, Report>> = {
  'SANDBOX CLOSED ACCOUNT': { said: 'FAILED', code: 'AC04', detail: 'The account is closed.' },
  'SANDBOX WRONG NAME': { said: 'FAILED', code: 'BE01', detail: 'The holder is not the one of the account.' },
  'SANDBOX NEVER ENDS': { said: 'PENDING' },
};
const ARRIVES: Report = { said: 'CONFIRMED' };
/** Is pending when it is sent, and has arrived when it is asked about. */
const SLOW = 'SANDBOX SLOW';

/** What the sandbox's provider and bank say in the end of a payout to this holder. */
export const outcomeFor = (holder: string): Report => BY_HOLDER[holder.trim().toUpperCase()] ?? ARRIVES;

/** The provider of a sandbox, which moves no money anywhere. */
export const sandboxProvider = (database: Database): PayoutProvider => ({
  async send({ holder }) {
    return holder.trim().toUpperCase() === SLOW ? { said: 'PENDING' } : outcomeFor(holder);
  },
  async poll(payoutId) {
    const [row] = await database.rows(sql<{ holder: string }>`
      select m.holder from payout p join payout_method m on m.id = p.method_id where p.id = ${payoutId}`);
    return row && outcomeFor(row.holder);
  },
});
