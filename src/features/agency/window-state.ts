import { sql } from 'kysely';

/** How far a window is at a moment: worked out from its dates. */
export type WindowState = 'PLANNED' | 'OPEN' | 'CLOSED';

/** SQL: the state at a moment of the window `t`. */
export const windowState = (now: Date) => sql<WindowState>`
  case when t.opens_at > ${now} then 'PLANNED' when t.closes_at > ${now} then 'OPEN' else 'CLOSED' end`;
