import { toOne } from '../../graphql/relation.ts';
import { agencyById } from './agency.loaders.ts';
import { Agency } from './agency.types.ts';

/** The agency of a row that holds its id as `agencyId`. */
export const toAgency = (description: string) => toOne(() => Agency, agencyById, 'agencyId', description);
