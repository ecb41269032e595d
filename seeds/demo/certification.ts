import {
  agencyById,
  answerJoin,
  applyForCertification,
  approveApplication,
  askToJoin,
  closeLiveBase,
  foundBelt,
  openLiveBase,
  openWindow,
  registerAgency,
  rejectApplication,
  suspendAgency,
  windowById,
  withdrawApplication,
} from '../../src/features/agency/index.ts';
import { ANONYMOUS } from '../../src/graphql/actor.ts';
import { LoaderCache } from '../../src/graphql/loaders.ts';
import {
  type ApplicationSeed,
  beltJoins,
  belts,
  type CandidateSeed,
  candidates,
  certificationWindows,
  furtherBelt,
  liveBases,
} from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const JOINED_DAYS = 500;

/** Windows, agencies in every standing, belts with live bases, and requests to join them. */
export async function seedCertification(seeding: Seeding): Promise<void> {
  const { tx } = seeding;
  await forEachItem(seeding, 'Certification windows', certificationWindows, (window) => {
    const { key, title, about, services, foundedBefore, officeNeeded, announcedDays, opensDays, closesDays } =
      window;
    const times = { opensAt: ago(seeding, opensDays), closesAt: ago(seeding, closesDays) };
    const asked = { minStaff: 20, minFinishedCases: 10, foundedBefore, officeNeeded, certificateMonths: 12 };
    return openWindow(
      tx,
      { id: demoId(key), title, about, services, ...times, ...asked },
      ago(seeding, announcedDays),
    );
  });
  await forEachItem(seeding, 'Agencies that apply', candidates, async (candidate) => {
    const { key, name, services, city, about, suspension } = candidate;
    await registerAgency(
      tx,
      { id: demoId(key), name, services, city, about },
      undefined,
      ago(seeding, JOINED_DAYS),
    );
    for (const application of candidate.applications) await seedApplication(seeding, candidate, application);
    if (suspension === undefined) return;
    const { reason, days } = suspension;
    await suspendAgency(tx, { agencyId: demoId(key), reason, endsAt: null }, ago(seeding, days));
  });
  const { key, name, region, agency, about } = furtherBelt;
  await foundBelt(tx, { id: demoId(key), name, region, agencyId: demoId(agency), about });
  await seedLiveBases(seeding);
  await seedBeltJoins(seeding);
}

async function seedApplication(seeding: Seeding, candidate: CandidateSeed, application: ApplicationSeed) {
  const { tx } = seeding;
  const appliedAt = ago(seeding, application.appliedDays);
  const id = demoId(application.key);
  const loaders = new LoaderCache({ sql: tx, actor: ANONYMOUS, now: appliedAt });
  const agency = await loaders.one(agencyById, demoId(candidate.key));
  const window = await loaders.one(windowById, demoId(application.window));
  if (agency === undefined || window === undefined) throw new Error(`${application.key} has no sides`);
  await applyForCertification(tx, agency, window, { ...claimsOf(candidate), id }, appliedAt);
  const { state, decidedDays, reasons = [] } = application;
  if (decidedDays === undefined) return;
  const decidedAt = ago(seeding, decidedDays);
  if (state === 'APPROVED') await approveApplication(tx, { id, agencyId: agency.id }, decidedAt);
  else if (state === 'REJECTED') await rejectApplication(tx, { id }, reasons, decidedAt);
  else await withdrawApplication(tx, id, decidedAt);
}

const claimsOf = (candidate: CandidateSeed) => {
  const { services, staff, finishedCases, foundedOn, officeAddress, statement } = candidate;
  return { services, staff, finishedCases, foundedOn, officeAddress, statement };
};

async function seedLiveBases(seeding: Seeding): Promise<void> {
  await forEachItem(seeding, 'Live bases', liveBases, async (base) => {
    const { key, belt, name, city, address, rooms, openedDays, closedDays } = base;
    const place = { id: demoId(key), beltId: demoId(belt), name, city, address, rooms };
    const id = await openLiveBase(seeding.tx, place, ago(seeding, openedDays));
    if (closedDays !== null) await closeLiveBase(seeding.tx, id, ago(seeding, closedDays));
  });
}

async function seedBeltJoins(seeding: Seeding): Promise<void> {
  const [nantong] = belts;
  if (nantong === undefined) throw new Error('no belt');
  const belt = { id: demoId(nantong.key), agencyId: demoId(nantong.agency) };
  await forEachItem(seeding, 'Requests to join a belt', beltJoins, async (join) => {
    const { key, brand, message, askedDays, state, reason = null } = join;
    const asked = ago(seeding, askedDays);
    const id = await askToJoin(
      seeding.tx,
      { id: demoId(brand), beltId: null },
      belt,
      message,
      asked,
      demoId(key),
    );
    if (state !== 'ASKED') await answerJoin(seeding.tx, id, state, reason, ago(seeding, askedDays - 1));
  });
}
