/**
 * How a line was credited: by its link code, by the buyer's last click, by the live session it was placed in, or afterwards by
 * a claim of the creator that was upheld.
 */
export type AttributionMethod = 'LINK' | 'CLICK' | 'LIVE_SESSION' | 'CLAIM';

/** Why a line is credited to nobody. */
export type UnattributedReason =
  | 'NO_TRACE'
  | 'LINK_UNKNOWN'
  | 'LINK_OF_ANOTHER_PRODUCT'
  | 'LIVE_SESSION_NOT_RUNNING'
  | 'NO_OFFER_IN_FORCE';

/** A promotion that a line may be credited to. */
export interface Promotion {
  readonly creatorId: string;
  readonly enrolmentId: string | null;
  /** The creator's part of a SPREAD enrolment's rate, where the link fixes one. */
  readonly creatorPartBp: number | null;
}

/** What is known of where a line came from. */
export interface Trace {
  readonly productId: string;
  readonly placedAt: Date;
  readonly linkCode: string | null;
  /** The link of that code, if there is one. */
  readonly link?: Promotion & { readonly linkId: string; readonly productId: string };
  /** The buyer's last click on the product within the window, if any. */
  readonly click?: Promotion & { readonly clickId: string; readonly clickedAt: Date };
  readonly liveSessionId: string | null;
  readonly session?: Promotion & { readonly startedAt: Date; readonly endedAt: Date | null };
}

/** What is kept as the proof of an attribution. */
export interface Evidence {
  readonly method: AttributionMethod | null;
  readonly creatorId: string | null;
  readonly linkCode: string | null;
  readonly linkId?: string;
  readonly clickId?: string;
  readonly clickedAt?: string;
  readonly liveSessionId: string | null;
  /** What stronger traces there were, and why they did not count. */
  readonly passedOver: readonly UnattributedReason[];
}

export interface Attribution {
  readonly promotion: Promotion | null;
  readonly reason: UnattributedReason | null;
  readonly evidence: Evidence;
}

/**
 * Credits a line (domain.md, "Orders and attribution"): the link code on the line; else the buyer's last click on the
 * product within the window; else, within a live session, the session's creator; else nobody.
 */
export function attributeLine(trace: Trace): Attribution {
  const { linkCode, liveSessionId, link, click, session } = trace;
  const passedOver: UnattributedReason[] = [];
  const credit = (method: AttributionMethod, promotion: Promotion, proof: Partial<Evidence>): Attribution => {
    const { creatorId, enrolmentId, creatorPartBp } = promotion;
    const evidence = { method, creatorId, linkCode, liveSessionId, passedOver, ...proof };
    return { promotion: { creatorId, enrolmentId, creatorPartBp }, reason: null, evidence };
  };
  if (linkCode !== null) {
    if (link?.productId === trace.productId) return credit('LINK', link, { linkId: link.linkId });
    passedOver.push(link === undefined ? 'LINK_UNKNOWN' : 'LINK_OF_ANOTHER_PRODUCT');
  }
  if (click !== undefined) {
    return credit('CLICK', click, { clickId: click.clickId, clickedAt: click.clickedAt.toISOString() });
  }
  if (liveSessionId !== null) {
    if (session !== undefined && isRunning(session, trace.placedAt))
      return credit('LIVE_SESSION', session, {});
    passedOver.push('LIVE_SESSION_NOT_RUNNING');
  }
  const evidence = { method: null, creatorId: null, linkCode, liveSessionId, passedOver };
  return { promotion: null, reason: passedOver[0] ?? 'NO_TRACE', evidence };
}

const isRunning = ({ startedAt, endedAt }: { startedAt: Date; endedAt: Date | null }, at: Date): boolean =>
  startedAt <= at && (endedAt === null || at <= endedAt);
