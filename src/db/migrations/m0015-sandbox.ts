/** Filled by the feature. */
export const sandbox = /* sql */ `
select 1;
`;
