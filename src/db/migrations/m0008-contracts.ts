/** Contracts in full. */
export const contracts = /* sql */ ``;
