import type { LineRow } from '../order/index.ts';

/** Why an order brings nothing to the buyer by whose link it came. */
export type ShareRefusal =
  | 'UNKNOWN_LINK'
  | 'OTHER_PRODUCT'
  | 'OWN_ORDER'
  | 'STOPPED'
  | 'SENT_BACK'
  | 'NOT_OFFERED';

/** What there is behind the code of a share link; nulls where there is no such link of the brand. */
export interface SharedBy {
  readonly linkId: string | null;
  readonly productId: string | null;
  readonly sourceId: string | null;
  readonly buyerRef: string | null;
  readonly stoppedAt: Date | null;
  /** Whether the sharer has sent back what they bought. */
  readonly isSentBack: boolean;
  /** What the brand gives for sharing at this moment; 0 for nothing. */
  readonly rateBp: number;
}

export interface JudgedShare {
  readonly linkId: string | null;
  readonly refused: ShareRefusal | null;
  readonly rateBp: number;
}

type Order = Pick<LineRow, 'id' | 'productId' | 'sourceId' | 'buyerRef' | 'placedAt'>;

/** What an order that was just placed brings to whoever shared the product, or the first reason why it brings nothing. Pure. */
export function judgeShare(line: Order, by: SharedBy): JudgedShare {
  const refused = refusalOf(line, by);
  return { linkId: by.linkId, refused, rateBp: refused === null ? by.rateBp : 0 };
}

function refusalOf(line: Order, by: SharedBy): ShareRefusal | null {
  if (by.linkId === null) return 'UNKNOWN_LINK';
  if (by.productId !== line.productId) return 'OTHER_PRODUCT';
  if (by.sourceId === line.sourceId && by.buyerRef === line.buyerRef) return 'OWN_ORDER';
  if (by.stoppedAt !== null && line.placedAt >= by.stoppedAt) return 'STOPPED';
  if (by.isSentBack) return 'SENT_BACK';
  return by.rateBp === 0 ? 'NOT_OFFERED' : null;
}
