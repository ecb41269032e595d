import { relate, toOneOrNone } from '../../graphql/relation.ts';
import { Agency, agencyById } from '../agency/index.ts';
import { Creator, creatorById } from '../creator/index.ts';
import { EarningsChanged, type SumsRow } from './live.types.ts';

export const liveRelations = relate<SumsRow>(EarningsChanged, {
  creator: toOneOrNone(() => Creator, creatorById, 'creatorId', 'The creator, if it is one.'),
  agency: toOneOrNone(() => Agency, agencyById, 'agencyId', 'The agency, if it is one.'),
});
