import { openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { entities } from '../../src/entities.ts';
import { changePolicy, createApiKey, foundAlliance } from '../../src/features/account/index.ts';
import { setMethod } from '../../src/features/payout/index.ts';
import type { Scope } from '../../src/graphql/actor.ts';
import { EARLY, type MadeProduct, World } from '../kit/world.ts';

/** A product with the link of a creator, and who else is paid when somebody buys by it. */
export interface Offer {
  readonly skuCode: string;
  readonly linkCode: string;
  readonly creatorId: string;
  readonly mcnId: string | undefined;
  readonly recruiterId: string | undefined;
}

export interface Shop {
  readonly brandId: string;
  readonly key: string;
  readonly offers: readonly Offer[];
}

export interface Payee {
  readonly id: string;
  readonly type: 'Creator' | 'Agency';
  readonly key: string;
}

/** An alliance with everybody whom a run needs. */
export interface Stage {
  readonly allianceId: string;
  readonly operatorKey: string;
  readonly shops: readonly Shop[];
  readonly payees: readonly Payee[];
}

/** In basis points: what the offers of the stage pay. */
export const RATES = { creator: 2000, mcn: 2000, recruiter: 300, technicalFee: 1000 } as const;

const SHOPS = 3;
const CREATORS = 6;
const PLENTY = 1_000_000_000n;

/** Fills an empty database. A part of each settlement is kept back for some days, and half of earnings goes against debts. */
export async function setStage(url: string): Promise<Stage> {
  const database = await openDatabase(url, { entities, poolSize: 4 });
  try {
    await migrate(database);
    const world = new World(database);
    const alliance = { name: '联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
    const allianceId = await world.tx((tx) => foundAlliance(tx, alliance, EARLY));
    const rules = { reserveBp: 500, reserveDays: 5, recoveryBp: 5000, withholdingCreatorBp: 1000 };
    await world.tx((tx) => changePolicy(tx, rules, EARLY));
    const keyOf = (partyId: string, ...scopes: Scope[]) =>
      world.tx(
        async (tx) => (await createApiKey(tx, { partyId, name: 'chaos', scopes }, 'test', EARLY)).token,
      );
    const mcnId = await world.agency();
    const recruiterId = await world.agency();
    const creators = await Promise.all(Array.from({ length: CREATORS }, () => world.creator()));
    for (const id of creators.slice(0, CREATORS / 2)) await world.contract(mcnId, id, RATES.mcn);
    const managed = new Set(creators.slice(0, CREATORS / 2));
    const party = { creators, mcnOf: (id: string) => (managed.has(id) ? mcnId : undefined), recruiterId };
    const shops: Shop[] = [];
    for (let i = 0; i < SHOPS; i++) {
      const brandId = await world.brand();
      const key = await keyOf(brandId, 'orders:write');
      shops.push({ brandId, key, offers: await makeOffers(world, brandId, party) });
    }
    const payees: Payee[] = [];
    for (const id of [...creators, mcnId, recruiterId]) {
      const method = {
        kind: 'PROVIDER',
        holder: 'Payee',
        country: 'CN',
        accountNumber: `account-${id}`,
      } as const;
      await world.tx((tx) => setMethod(tx, { ...method, partyId: id }, EARLY));
      const type = creators.includes(id) ? 'Creator' : 'Agency';
      payees.push({ id, type, key: await keyOf(id, 'money:write') });
    }
    return { allianceId, operatorKey: await keyOf(allianceId, 'money:write'), shops, payees };
  } finally {
    await database.close();
  }
}

interface Party {
  readonly creators: readonly string[];
  readonly mcnOf: (creatorId: string) => string | undefined;
  readonly recruiterId: string;
}

/** Two products of a brand, of which the second is enrolled with the recruiting agency, each with a link of every creator. */
async function makeOffers(
  world: World,
  brandId: string,
  { creators, mcnOf, recruiterId }: Party,
): Promise<Offer[]> {
  const [open, recruited] = [
    await world.product({ brandId, stock: PLENTY }),
    await world.product({ brandId, stock: PLENTY }),
  ];
  await world.plan(open, { commissionBp: RATES.creator });
  const rates = { commissionBp: RATES.creator, serviceFeeBp: RATES.recruiter };
  const { id: enrolmentId } = await world.enrolment(recruited, recruiterId, rates);
  const offer = async (
    product: MadeProduct,
    creatorId: string,
    enrolment: string | null,
  ): Promise<Offer> => ({
    skuCode: product.code,
    linkCode: await world.link(creatorId, product, enrolment),
    creatorId,
    mcnId: mcnOf(creatorId),
    recruiterId: enrolment === null ? undefined : recruiterId,
  });
  const offers: Offer[] = [];
  for (const creatorId of creators) {
    offers.push(await offer(open, creatorId, null), await offer(recruited, creatorId, enrolmentId));
  }
  return offers;
}
