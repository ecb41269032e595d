import { table } from '../table.ts';

/** A product as the content tables give it. */
export interface ProductRow {
  slug: string;
  title: string;
  /** Slug of a leaf category. */
  category: string;
  /** Price of the first SKU, as written, in yuan. */
  yuan: string;
  /** Name of a set of options in options.ts. */
  options: string;
}

/** Reads rows of: slug | title | category | price in yuan | options. */
export function productRows(text: string): ProductRow[] {
  return table(text, 5).map((cells) => {
    const [slug, title, category, yuan, options] = cells as [string, string, string, string, string];
    return { slug, title, category, yuan, options };
  });
}
