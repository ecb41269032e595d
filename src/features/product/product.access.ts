import { rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator, isSignedIn } from '../../graphql/actor.ts';
import type { ProductRow } from './product.entity.ts';

/** Products that were never listed are their brand's business; the others may stand in anybody's orders and showcases. */
export const seesProduct = (
  actor: Actor,
  { brandId, listedAt }: Pick<ProductRow, 'brandId' | 'listedAt'>,
): boolean => isMember(actor, brandId) || isOperator(actor) || (isSignedIn(actor) && listedAt != null);

export const visibleProduct = rule<ProductRow>(
  'members once the product was listed; before that its brand and operators',
  seesProduct,
);

export const brandAndOperators = rule<{ brandId: string }>(
  'the brand and operators',
  (actor, { brandId }) => isMember(actor, brandId) || isOperator(actor),
);
