import type { Announcement, EventKind } from '../../db/outbox.ts';
import type { EngagementRow, MilestoneRow } from './engagement.entity.ts';

type Sides = Pick<EngagementRow, 'id' | 'brandId' | 'providerId'>;

/** Both sides are told of something about an engagement, whoever did it. */
export const aboutEngagement = (kind: EventKind, { id, brandId, providerId }: Sides): Announcement => ({
  kind,
  subject: { type: 'Engagement', id },
  to: [brandId, providerId],
});

/** Both sides are told of something about a milestone. */
export const aboutMilestone = (
  kind: EventKind,
  { brandId, providerId }: Sides,
  { id, no }: Pick<MilestoneRow, 'id' | 'no'>,
): Announcement => ({
  kind,
  subject: { type: 'EngagementMilestone', id },
  to: [brandId, providerId],
  data: { no },
});
