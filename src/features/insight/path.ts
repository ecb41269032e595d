/** The paths of STEPS (domain.md, "Events and growth"). Each line came on one of them: the first that applies. */
export const PATHS = [
  'CHANNEL_EXCLUSIVE',
  'SELF_BROADCAST',
  'PUBLIC_TRAFFIC',
  'DISTRIBUTION',
  'PRIVATE_TRAFFIC',
] as const;
export type Path = (typeof PATHS)[number];
