import type { ProtectionKind } from '../../../src/features/product/index.ts';
import type { BrandKey } from './shapes.ts';

/** The brands in Trust Buy, and what all of their listed products carry. */
export const protectedBrands: readonly {
  readonly brand: BrandKey;
  readonly kinds: readonly ProtectionKind[];
}[] = [
  { brand: 'brand:hebai', kinds: ['REFUND_WITHOUT_RETURN', 'RETURN_FREIGHT', 'TENFOLD_IF_FAKE'] },
  { brand: 'brand:soundpull', kinds: ['RETURN_FREIGHT', 'TENFOLD_IF_FAKE'] },
  { brand: 'brand:lianji', kinds: ['REFUND_WITHOUT_RETURN', 'RETURN_FREIGHT'] },
];

/** A claim on one of the lines that the brand has had received. */
export interface ClaimSeed {
  readonly key: string;
  readonly brand: BrandKey;
  readonly kind: ProtectionKind;
  /** What is claimed: a part of what the goods cost in hundredths, or so many minor units of freight. */
  readonly percent?: bigint;
  readonly freightMinor?: bigint;
  readonly statement: string;
  /** How many days ago it was opened. */
  readonly days: number;
  /** Whether an operator has decided it, the day after; the brand concedes what it concedes. */
  readonly outcome: 'OPEN' | 'UPHELD' | 'CONCEDED' | 'DISMISSED';
  readonly note: string;
}

export const claims: readonly ClaimSeed[] = [
  {
    key: 'claim:leaking',
    brand: 'brand:hebai',
    kind: 'REFUND_WITHOUT_RETURN',
    percent: 100n,
    statement: '到货时瓶盖破裂，精华漏了大半，无法使用。',
    days: 1,
    outcome: 'OPEN',
    note: '',
  },
  {
    key: 'claim:half-broken',
    brand: 'brand:hebai',
    kind: 'REFUND_WITHOUT_RETURN',
    percent: 50n,
    statement: '两支里有一支运输途中压扁，另一支完好。',
    days: 3,
    outcome: 'UPHELD',
    note: '照片与物流记录一致，按一支退款。',
  },
  {
    key: 'claim:not-fake',
    brand: 'brand:hebai',
    kind: 'TENFOLD_IF_FAKE',
    percent: 1100n,
    statement: '包装与专柜不同，怀疑不是正品。',
    days: 4,
    outcome: 'DISMISSED',
    note: '批号与质检报告核对无误，包装为新版。',
  },
  {
    key: 'claim:freight',
    brand: 'brand:soundpull',
    kind: 'RETURN_FREIGHT',
    freightMinor: 1200n,
    statement: '退货运费十二元，附快递底单。',
    days: 2,
    outcome: 'CONCEDED',
    note: '同意补偿运费。',
  },
];
