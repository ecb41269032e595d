import type { Parties } from './world-sql.ts';

/** How large an alliance is made to be read. */
export interface Size extends Parties {
  readonly lines: number;
  /** Order events are kept of the last so many lines; those of older months are detached in a large alliance. */
  readonly linesWithEvents: number;
}

/** Numbers of agencies that share no factor with what tells creators and products apart, so that each has some of all. */
export const SIZES = {
  tiny: {
    brands: 40,
    productsPerBrand: 50,
    creators: 200,
    agencies: 3,
    lines: 10_000,
    linesWithEvents: 10_000,
  },
  tenth: {
    brands: 4_000,
    productsPerBrand: 50,
    creators: 10_000,
    agencies: 97,
    lines: 2_000_000,
    linesWithEvents: 200_000,
  },
  small: {
    brands: 4_000,
    productsPerBrand: 50,
    creators: 10_000,
    agencies: 97,
    lines: 1_000_000,
    linesWithEvents: 1_000_000,
  },
  large: {
    brands: 40_000,
    productsPerBrand: 50,
    creators: 50_000,
    agencies: 499,
    lines: 20_000_000,
    linesWithEvents: 2_000_000,
  },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof SIZES;

export const isSizeName = (name: string): name is SizeName => Object.hasOwn(SIZES, name);
export const productsOf = ({ brands, productsPerBrand }: Parties): number => brands * productsPerBrand;
