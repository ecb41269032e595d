/** Certificates in full. */
export const certification = /* sql */ ``;
