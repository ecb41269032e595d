import { type RawBuilder, sql } from 'kysely';
import { rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator, isSignedIn, partyIds } from '../../graphql/actor.ts';
import type { ReadCampaign } from './campaign.loaders.ts';
import type { ReadEnrolment } from './enrolment.loaders.ts';

/** Whoever is asked to enrol must see a call: the creators that a campaign names narrow who picks, not who enrols. */
const isBrand = ({ seats }: Actor): boolean => seats.some(({ partyKind }) => partyKind === 'BRAND');

export const seesCampaign = (actor: Actor, campaign: ReadCampaign): boolean =>
  (campaign.access === 'ALL' && isSignedIn(actor)) ||
  (campaign.access === 'NAMED_CREATORS' && isBrand(actor)) ||
  campaign.namesViewer ||
  isMember(actor, campaign.agencyId) ||
  isOperator(actor);

export const visibleCampaign = rule<ReadCampaign>(
  'members for campaigns open to all; brands where creators are named; those named, the agency and operators',
  seesCampaign,
);

/** SQL: whether the campaign names an organisation of the caller. */
export const namesViewer = (actor: Actor, alias: string) => sql<boolean>`exists (select from campaign_party v
  where v.campaign_id = ${sql.ref(`${alias}.id`)} and v.party_id = any(${partyIds(actor)}::uuid[]))`;

/** SQL: the campaigns that `seesCampaign` lets the caller see. */
export const campaignIsVisible = (actor: Actor, alias: string): RawBuilder<boolean> => {
  const access = sql.ref(`${alias}.access`);
  return sql<boolean>`((${access} = 'ALL' and ${isSignedIn(actor)})
    or (${access} = 'NAMED_CREATORS' and ${isBrand(actor)}) or ${isOperator(actor)}
    or ${sql.ref(`${alias}.agency_id`)} = any(${partyIds(actor)}::uuid[]) or ${namesViewer(actor, alias)})`;
};

export const campaignSide = rule<ReadCampaign>(
  'the agency and operators',
  (actor, { agencyId }) => isMember(actor, agencyId) || isOperator(actor),
);

const isSide = (actor: Actor, { brandId, agencyId, firstAgencyId }: ReadEnrolment): boolean =>
  [brandId, agencyId, firstAgencyId].some((id) => id !== null && isMember(actor, id)) || isOperator(actor);

export const seesEnrolment = (actor: Actor, enrolment: ReadEnrolment): boolean =>
  isSide(actor, enrolment) || (enrolment.state === 'APPROVED' && enrolment.open && isSignedIn(actor));

export const visibleEnrolment = rule<ReadEnrolment>(
  'the brand, the agencies and operators; members once it is approved, in a campaign that is open to them',
  seesEnrolment,
);

export const enrolmentSides = rule<ReadEnrolment>(
  'the brand, the agency, the one above it and operators',
  isSide,
);

export const enrolmentParties = rule<ReadEnrolment>(
  'the brand, the agency, those above and below it and operators',
  (actor, enrolment) => isSide(actor, enrolment) || enrolment.isBelowViewer,
);
