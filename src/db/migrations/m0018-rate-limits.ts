/** What callers have spent of their points, for all servers. */
export const rateLimits = /* sql */ `
-- Unlogged: it is written often, and after a crash of PostgreSQL everybody begins with a full bucket.
create unlogged table rate_bucket (
  who text primary key,
  -- When the bucket is full again, by the time of the database.
  full_at timestamptz not null,
  -- What the last request for points was given.
  granted double precision not null
) with (fillfactor = 50);
`;
