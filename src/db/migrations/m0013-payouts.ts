/** Filled by the feature. */
export const payouts = /* sql */ `
select 1;
`;
