import { v5 } from 'uuid';

/** A fixed namespace: the same party, product or link has the same id in every database, so that a second run finds it. */
const NAMESPACE = '6f0c6b52-2c5b-5d0a-9d3c-0b5f6a1e7a10';

/** The id of a thing that the rule makes, by its kind and name. */
export const idOf = (kind: string, name: string): string => v5(`${kind}/${name}`, NAMESPACE);

/** The source that the events are reported under. */
export const SOURCE = 'online-retail';

/** What the first two digits of a stock code, which name the brand, decide (`../shared/data/online-retail.md`). */
export const brandNo = (stockCode: string): number => Number(stockCode.slice(0, 2));
export const brandName = (p: number): string => `OR-${String(p).padStart(2, '0')}`;
export const brandIdOf = (p: number): string => idOf('brand', brandName(p));
export const brandId = (stockCode: string): string => brandIdOf(brandNo(stockCode));
export const commissionBp = (p: number): number => 1000 + 100 * (p % 10);
export const isRecruited = (p: number): boolean => p % 3 === 0;
export const recruiterNo = (p: number): number => 25 + (p % 5);
export const SERVICE_FEE_BP = 300;

export const CREATORS = 500;
export const creatorNo = (customer: number): number => customer % CREATORS;
export const creatorName = (n: number): string => `OR-C${n}`;
export const isContracted = (n: number): boolean => n < 300;
export const managerNo = (n: number): number => n % 25;
export const MCN_SHARE_BP = 2000;

export const AGENCIES = 30;
export const agencyName = (n: number): string => `OR-A${n}`;

/** The code of the one promotion link of a creator for a product. */
export const linkCode = (n: number, stockCode: string): string => `${creatorName(n)}-${stockCode}`;
