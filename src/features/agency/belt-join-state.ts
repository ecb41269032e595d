import type { Transitions } from '../../kernel/transitions.ts';

export type BeltJoinState = 'ASKED' | 'ACCEPTED' | 'DECLINED' | 'WITHDRAWN';

/** The life of a brand's request to join a belt. Who was declined may ask again. */
export const BELT_JOIN_STATES: Transitions<BeltJoinState> = {
  ASKED: ['ACCEPTED', 'DECLINED', 'WITHDRAWN'],
  ACCEPTED: [],
  DECLINED: [],
  WITHDRAWN: [],
};
