/**
 * The version of a plan's or an enrolment's terms at a moment is asked for by every page that shows terms. The indexes of the
 * exclusion rules answered it, since a B-tree that has to look into the table seems as dear to the planner; each look-up
 * took ten times as long by them.
 */
export const covering = `
create index plan_terms_of_plan on plan_terms (plan_id, valid_from) include (valid_to, id);
create index enrolment_terms_of_enrolment on enrolment_terms (enrolment_id, valid_from)
  include (valid_to, id, commission_bp, service_fee_bp);
`;
