import type { Actor } from '../../graphql/actor.ts';
import { notFound } from '../../graphql/errors.ts';
import type { LoaderCache } from '../../graphql/loaders.ts';
import { productById, seesProduct } from '../product/index.ts';
import { seesStory } from './source.access.ts';
import type { DocumentCheck } from './source.types.ts';
import { documentsOfStory, storyOfProduct } from './story.loaders.ts';

/**
 * Compares the hash of a file with those of the documents that prove the source of a product, for whoever sees the product;
 * a text that is no hash is that of no document. Throws NOT_FOUND where the caller does not see the product.
 */
export async function checkDocument(
  loaders: LoaderCache,
  actor: Actor,
  productId: string,
  sha256: string,
): Promise<DocumentCheck> {
  const product = await loaders.one(productById, productId);
  if (product === undefined || !seesProduct(actor, product)) throw notFound('Product');
  const story = await loaders.one(storyOfProduct, productId);
  if (story === undefined || !seesStory(actor, story))
    return { matches: false, document: null, version: null };
  const documents = await loaders.many(documentsOfStory, story.id);
  const document = documents.find((each) => each.sha256 === sha256.toLowerCase()) ?? null;
  return { matches: document !== null, document, version: story.version };
}
