import { foundAlliance, seatUser } from '../../src/features/account/index.ts';
import { foundBelt, registerAgency } from '../../src/features/agency/index.ts';
import { registerBrand } from '../../src/features/brand/index.ts';
import { signContract } from '../../src/features/contract/index.ts';
import { registerCreator } from '../../src/features/creator/index.ts';
import { agencies, belts, brands, contracts, creators } from './content/index.ts';
import { ALLIANCE_KEY, ALLIANCE_NAME, DEMO_ISSUER, demoIdentities } from './identities.ts';
import { demoId, keyOf } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const FOUNDED_DAYS = 700;
const JOINED_DAYS = 650;
/** How long the certificates of the agencies still hold. */
const CERTIFIED_DAYS = 300;

/** The alliance, its agencies, belt, brands and creators, and the people who may act for some of them. */
export async function seedParties(seeding: Seeding): Promise<void> {
  const { tx } = seeding;
  const joined = ago(seeding, JOINED_DAYS);
  await foundAlliance(
    tx,
    { id: demoId(ALLIANCE_KEY), name: ALLIANCE_NAME, timeZone: 'Asia/Shanghai', currency: 'CNY' },
    ago(seeding, FOUNDED_DAYS),
  );
  const certifiedUntil = ago(seeding, -CERTIFIED_DAYS);
  await forEachItem(seeding, 'Agencies', agencies, ({ key, name, services, city, about }) =>
    registerAgency(tx, { id: demoId(key), name, services, city, about, certifiedUntil }, undefined, joined),
  );
  await forEachItem(seeding, 'Industrial belts', belts, ({ key, name, region, agency, about }) =>
    foundBelt(tx, { id: demoId(key), name, region, agencyId: demoId(agency), about }),
  );
  await forEachItem(seeding, 'Brands', brands, ({ key, name, kind, city, about, belt }) => {
    const beltId = belt === null ? undefined : demoId(belt);
    return registerBrand(
      tx,
      { id: demoId(key), name, kind, currency: 'CNY', city, about, beltId },
      undefined,
      joined,
    );
  });
  await forEachItem(seeding, 'Creators', creators, ({ key, name, city, about, followers }) =>
    registerCreator(
      tx,
      { id: demoId(key), name, city, about, followers: BigInt(followers) },
      undefined,
      joined,
    ),
  );
  await seedContracts(seeding);
  await forEachItem(seeding, 'Identities', demoIdentities, ({ id, title, partyKey }) =>
    seatUser(
      tx,
      { issuer: DEMO_ISSUER, subject: id, name: title },
      demoId(partyKey),
      'OWNER',
      ago(seeding, JOINED_DAYS),
    ),
  );
}

/** Oldest first, because the versions of terms are listed by the order in which they were made. */
async function seedContracts(seeding: Seeding): Promise<void> {
  const oldestFirst = contracts.toSorted((a, b) => b.sinceDays - a.sinceDays);
  await forEachItem(seeding, 'Contracts', oldestFirst, (contract) => {
    const { agency, creator, shareBp, visibility, sinceDays } = contract;
    const id = demoId(keyOf.contract(contract));
    const from = ago(seeding, sinceDays);
    const sides = { agencyId: demoId(agency), creatorId: demoId(creator) };
    return signContract(seeding.tx, { id, ...sides, shareBp, visibility, from }, from);
  });
}
