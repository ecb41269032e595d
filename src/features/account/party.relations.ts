import { toOne, toOneOrNone } from '../../graphql/relation.ts';
import { partyById } from './account.loaders.ts';
import { Party } from './account.types.ts';

/** The organisation of any kind whose id a row holds in a column. */
export const toParty = <Column extends string>(column: Column, description: string) =>
  toOne(() => Party, partyById, column, description);
export const toPartyOrNone = <Column extends string>(column: Column, description: string) =>
  toOneOrNone(() => Party, partyById, column, description);
