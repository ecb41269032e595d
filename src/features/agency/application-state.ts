import type { Transitions } from '../../kernel/transitions.ts';

export type ApplicationState = 'APPLIED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';

/** The life of an application for a certificate (domain.md, "Agencies"). Who was rejected applies anew. */
export const APPLICATION_STATES: Transitions<ApplicationState> = {
  APPLIED: ['APPROVED', 'REJECTED', 'WITHDRAWN'],
  APPROVED: [],
  REJECTED: [],
  WITHDRAWN: [],
};
