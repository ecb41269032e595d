/** The time that exports of the tests are asked for. */
export const NOON = '2026-07-20T04:00:00Z';
