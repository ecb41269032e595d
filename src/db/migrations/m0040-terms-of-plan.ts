/** What a version of a plan pays is answered by its index too, so that terms are resolved without looking into the table. */
export const termsOfPlan = `
drop index plan_terms_of_plan;
create index plan_terms_of_plan on plan_terms (plan_id, valid_from)
  include (valid_to, id, commission_bp, boost_bp, tier_after, tier_bp);
`;
