/**
 * The parts of a creator that are private, each with what it opens to the managing agency once the creator has agreed
 * to it. What is not listed is open to every member (profile, live sessions) or to nobody else at all.
 */
export const CONTRACT_VISIBILITY = {
  SHOWCASE: 'The products that the creator has picked.',
  LINKS: "The creator's promotion links.",
  SAMPLES: 'The samples that the creator asked for, and how far they are.',
  ENGAGEMENTS: 'The content engagements that brands have ordered from the creator.',
  ORDERS: 'The order lines credited to the creator, without what the creator earns on them.',
  EARNINGS:
    'The rates that the creator is offered, and what the creator earns on each line that can be seen.',
} as const satisfies Record<string, string>;

/** A private part of a creator. */
export type ContractVisibility = keyof typeof CONTRACT_VISIBILITY;

export const CONTRACT_VISIBILITIES = Object.keys(CONTRACT_VISIBILITY) as readonly ContractVisibility[];
