import { EVENT_KINDS } from '../db/outbox.ts';
import { declareEnum } from './declare-enum.ts';

/** What an event tells, in the change feed and in webhooks. */
export const EventKindEnum = declareEnum('EventKind', 'What an event tells.', EVENT_KINDS);
