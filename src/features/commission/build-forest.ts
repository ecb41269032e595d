import type { FrozenTerms } from '../order/index.ts';
import { type FlatNode, type ForestNode, flatten } from './forest.ts';

/** In which capacity a payee is paid. The division itself knows no roles. */
export type PayeeRole = 'CREATOR' | 'MCN' | 'RECRUITER' | 'SECOND_RECRUITER' | 'TECHNICAL_FEE';
export type RoledNode = FlatNode<{ readonly role: PayeeRole }>;

type Tree = ForestNode<{ readonly role: PayeeRole }>;

/**
 * The forest of payees of a line (money.md, "Waterfall"): the creator, who passes on the technical fee and the managing
 * agency's share; beside it the recruiting agency, which passes on its technical fee and a second agency's part. In a
 * SPREAD campaign the agency is paid all, and the creator by it.
 */
export function buildForest(terms: FrozenTerms, allianceId: string): RoledNode[] {
  const { creatorId, winner, contract, recruiting, policy } = terms;
  if (creatorId === null || winner === null) return [];
  const fee: Tree[] =
    policy.technicalFeeBp === 0
      ? []
      : [
          {
            payeeId: allianceId,
            role: 'TECHNICAL_FEE',
            rateBp: policy.technicalFeeBp,
            of: 'REST',
            payees: [],
          },
        ];
  const mcn: Tree[] =
    contract === null
      ? []
      : [{ payeeId: contract.agencyId, role: 'MCN', rateBp: contract.shareBp, of: 'REST', payees: [] }];
  const creator: Tree = {
    payeeId: creatorId,
    role: 'CREATOR',
    rateBp: winner.commissionBp,
    of: 'BASE',
    payees: [...fee, ...mcn],
  };
  if (recruiting?.isSpread) {
    // The fee comes last, of what the agency keeps: of the whole it would be taken twice on the creator's part.
    const rateBp = winner.commissionBp + winner.serviceFeeBp;
    const { agencyId: payeeId } = recruiting;
    return flatten([{ payeeId, role: 'RECRUITER', rateBp, of: 'BASE', payees: [creator, ...fee] }]);
  }
  const forest: Tree[] = [creator];
  if (recruiting !== null && recruiting.serviceFeeBp > 0) {
    const { agencyId, serviceFeeBp, second } = recruiting;
    const below: Tree[] =
      second === null
        ? []
        : [
            {
              payeeId: second.agencyId,
              role: 'SECOND_RECRUITER',
              rateBp: second.serviceFeeBp,
              of: 'BASE',
              payees: fee,
            },
          ];
    forest.push({
      payeeId: agencyId,
      role: 'RECRUITER',
      rateBp: serviceFeeBp,
      of: 'BASE',
      payees: [...fee, ...below],
    });
  }
  return flatten(forest);
}
