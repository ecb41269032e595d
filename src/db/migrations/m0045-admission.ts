/** From which score on, over how many received lines, a brand or product is no longer admitted to new plans. */
export const admission = /* sql */ `
alter table trust_policy
  add column restriction_score int not null default 40 check (restriction_score between 0 and 100),
  add column restriction_lines int not null default 20 check (restriction_lines between 1 and 1000000);
alter table trust_policy alter column restriction_score drop default, alter column restriction_lines drop default;
`;
