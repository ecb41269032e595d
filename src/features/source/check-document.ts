import type { Actor } from '../../graphql/actor.ts';
import { failure, notFound } from '../../graphql/errors.ts';
import type { LoaderCache } from '../../graphql/loaders.ts';
import { productById, seesProduct } from '../product/index.ts';
import { seesStory } from './source.access.ts';
import type { DocumentCheck } from './source.types.ts';
import { documentsOfStory, storyOfProduct } from './story.loaders.ts';

const SHA_256 = /^[0-9a-f]{64}$/i;

/**
 * Compares the hash of a file with those of the documents that prove the source of a product, for whoever sees the product.
 * Throws NOT_FOUND where the caller does not, and BAD_USER_INPUT where the text is no SHA-256.
 */
export async function checkDocument(
  loaders: LoaderCache,
  actor: Actor,
  productId: string,
  sha256: string,
): Promise<DocumentCheck> {
  if (!SHA_256.test(sha256)) throw failure('BAD_USER_INPUT', 'A SHA-256 has 64 hexadecimal digits.');
  const product = await loaders.one(productById, productId);
  if (product === undefined || !seesProduct(actor, product)) throw notFound('Product');
  const story = await loaders.one(storyOfProduct, productId);
  if (story === undefined || !seesStory(actor, story))
    return { matches: false, document: null, storyId: null };
  const documents = await loaders.many(documentsOfStory, story.id);
  const document = documents.find((each) => each.sha256 === sha256.toLowerCase()) ?? null;
  return { matches: document !== null, document, storyId: story.id };
}
