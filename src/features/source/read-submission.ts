import { type Actor, mayWrite } from '../../graphql/actor.ts';
import type { MutationTx } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { unknown } from '../../graphql/user-errors.ts';
import { beltById, liveBaseById } from '../agency/index.ts';
import { productById, seesProduct } from '../product/index.ts';
import type { SourceStorySubmitInput } from './source.types.ts';
import type { NewStory } from './submit-story.ts';

/**
 * What an input means, and for whom the caller submits it: for the brand of the product, or for the agency of the belt that
 * the input names. Anybody else is told that there is no such product. That the brand is in the belt is checked under its lock.
 */
export async function readSubmission(
  tx: MutationTx,
  actor: Actor,
  input: SourceStorySubmitInput,
): Promise<NewStory> {
  const product = await namedRow(tx, input.productId, {
    field: 'productId',
    type: 'Product',
    load: productById,
    allows: (row) => seesProduct(actor, row),
  });
  const { belt, liveBaseId } = await namedPlaces(tx, input);
  const { kind, place, about, documents } = input;
  const story = {
    productId: product.id,
    brandId: product.brandId,
    kind,
    place,
    about,
    belt,
    liveBaseId,
    documents,
  };
  if (mayWrite(actor, product.brandId, 'catalogue:write')) return { ...story, submittedBy: product.brandId };
  if (belt !== null && mayWrite(actor, belt.agencyId, 'cooperation:write'))
    return { ...story, submittedBy: belt.agencyId };
  throw unknown(['input', 'productId'], 'product');
}

/** The belt and the base of an input, both open to every member. */
async function namedPlaces(tx: MutationTx, { beltId, liveBaseId }: SourceStorySubmitInput) {
  const belt =
    beltId == null
      ? null
      : await namedRow(tx, beltId, { field: 'beltId', type: 'IndustrialBelt', load: beltById });
  const base =
    liveBaseId == null
      ? null
      : await namedRow(tx, liveBaseId, { field: 'liveBaseId', type: 'LiveBase', load: liveBaseById });
  return { belt, liveBaseId: base?.id ?? null };
}
