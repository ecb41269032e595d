/** Filled by the feature. */
export const statements = /* sql */ `
select 1;
`;
