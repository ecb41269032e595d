/** Engagements in full. */
export const engagements = /* sql */ ``;
