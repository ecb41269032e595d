import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { rulesAt } from '../account/index.ts';
import { takesEffectAt } from '../plan/index.ts';
import { CampaignRow } from './campaign.entity.ts';
import { brandsIn } from './change-campaign.ts';
import { type EnrolmentEnd, scheduleEnds } from './end-enrolments.ts';

/**
 * Closes a campaign: it takes no more products from now on. What is in it ends at the next local midnight, or when the
 * brand's commitment is over if that is later; creators keep the rates for the alliance's lock days.
 */
export async function closeCampaign(tx: Tx, campaignId: string, now: Date): Promise<void> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const row = await tx.em.findOneOrFail(CampaignRow, { id: campaignId }, { lockMode });
  const path = ['input', 'campaignId'];
  if (row.closedAt != null || (row.closesAt != null && row.closesAt <= now))
    throw wrongState(path, 'CLOSED', 'The campaign is closed.');
  const { timeZone } = await rulesAt(tx, now);
  const end = takesEffectAt('CUT', now, timeZone, path);
  const to = await brandsIn(tx, campaignId);
  await scheduleEnds(tx, await endsOf(tx, campaignId, end), now, null);
  row.closedAt = now;
  row.closesAt = earlier(row.closesAt ?? null, later(end, row.opensAt));
  await tx.em.flush();
  const subject = { type: 'RecruitingCampaign', id: campaignId };
  const data = { closesAt: row.closesAt.toISOString() };
  if (to.length > 0) await announce(tx, [{ kind: 'CAMPAIGN_CLOSED', subject, to, data }], now);
}

const earlier = (one: Date | null, other: Date): Date => (one !== null && one < other ? one : other);
const later = (one: Date, other: Date): Date => (one > other ? one : other);

/** When each approved enrolment of a campaign ends once the campaign does at that moment. */
const endsOf = (db: Sql, campaignId: string, end: Date): Promise<EnrolmentEnd[]> =>
  db.rows(sql<EnrolmentEnd>`
    select id, greatest(committed_until, ${end}::timestamptz) as at from enrolment
    where campaign_id = ${campaignId} and state = 'APPROVED' order by id`);
