import { type Database, openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { changePolicy } from '../../src/features/account/index.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import type { Rules } from './model/words.ts';
import { DAY, type Payee } from './model/words.ts';
import { codeIn, idIn, type Template } from './template.ts';

/** What a history happens to: the parties of one world, in a database whose alliance it has to itself meanwhile. */
export interface World {
  readonly database: Database;
  readonly allianceId: string;
  readonly brandId: string;
  readonly planId: string;
  readonly contractId: string;
  readonly payees: Readonly<Record<Payee, string>>;
  /** The name of a party by its id. */
  readonly partyOf: ReadonlyMap<string, string>;
  readonly skuCodes: readonly string[];
  linkCode(creator: string, product: number): string;
}

/** Where the first history of a database begins; the policy that it was founded with holds before. */
const START = Date.parse('2026-06-01T00:00:00Z');

/**
 * Histories that follow each other in databases of their own, so that what is the whole alliance's, its policy and its
 * clock, is one history's at a time. A database is given up after so many histories as it has worlds.
 */
export class Lane {
  private fresh?: FreshDatabase;
  private database?: Database;
  private world = 0;
  private rules?: Rules;
  /** Milliseconds; it only goes forward. */
  now = START;

  constructor(
    private readonly template: Template,
    private readonly worlds: number,
    /** Called before a database is given up, with all its histories in it. */
    private readonly onFull: (database: Database) => Promise<void>,
  ) {}

  /** A world in which nothing has happened, under these rules from now on. */
  async next(rules: Rules): Promise<World> {
    if (this.database === undefined || this.world === this.worlds) await this.renew();
    const database = this.database as Database;
    this.now += DAY;
    await this.govern(database, rules, this.now);
    return this.worldAt(database, this.world++);
  }

  /** Puts rules in force; the database refuses those that hold already. */
  async govern(database: Database, rules: Rules, now: number): Promise<void> {
    if (this.rules !== undefined && isSame(this.rules, rules)) return;
    await database.transaction((tx) => changePolicy(tx, valuesOf(rules), new Date(now)));
    this.rules = rules;
  }

  /** Gives the database up; what a broken history has left in it proves nothing. */
  async close(isSound: boolean): Promise<void> {
    const { database } = this;
    if (database === undefined) return;
    this.database = undefined;
    try {
      if (isSound) await this.onFull(database);
    } finally {
      await database.close();
      await this.fresh?.drop();
    }
  }

  private async renew(): Promise<void> {
    await this.close(true);
    const { pathname } = new URL(this.template.database.url);
    this.fresh = await freshDatabase({ create: `template ${pathname.slice(1)}` });
    this.database = await openDatabase(this.fresh.url, { entities, poolSize: 3 });
    this.world = 0;
    this.rules = undefined;
    this.now = START;
  }

  private worldAt(database: Database, no: number): World {
    const { allianceId, names } = this.template;
    const payees = Object.fromEntries(
      Object.entries(names.payees).map(([payee, id]) => [payee, idIn(no, id)]),
    ) as Record<Payee, string>;
    const brandId = idIn(no, names.brandId);
    const parties = [...Object.entries(payees), ['brand', brandId], ['alliance', allianceId]] as const;
    return {
      database,
      allianceId,
      brandId,
      planId: idIn(no, names.planId),
      contractId: idIn(no, names.contractId),
      payees,
      partyOf: new Map(parties.map(([name, id]) => [id, name] as const)),
      skuCodes: names.skuCodes,
      linkCode: (creator, product) => codeIn(no, names.linkCodes[`${creator} ${product}`] ?? ''),
    };
  }
}

const isSame = (one: Rules, other: Rules): boolean =>
  (Object.keys(one) as (keyof Rules)[]).every((name) => one[name] === other[name]);

const valuesOf = ({ platformInBase, creatorInBase, feeBp, payoutMinimum, ...rest }: Rules) => ({
  ...rest,
  platformDiscountInBase: platformInBase,
  creatorDiscountInBase: creatorInBase,
  technicalFeeBp: feeBp,
  payoutMinimumMinor: payoutMinimum,
});
