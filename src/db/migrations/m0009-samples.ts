/** Samples in full. */
export const samples = /* sql */ ``;
