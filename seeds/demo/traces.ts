import type { Click } from '../../src/features/promotion/index.ts';
import { createRandom, seedOf } from '../random.ts';
import { type DemoOrderEvent, showcases } from './content/index.ts';
import { linkCode } from './ids.ts';
import type { DemoSession } from './live-sessions.ts';

type Placed = Extract<DemoOrderEvent, { kind: 'PLACED' }>;

/** What a shop would know of how a buyer came to a line. */
export interface DemoTrace {
  readonly linkCode: string | null;
  readonly liveSessionId: string | null;
  /** A click that the shop saw before the order, on a line that names no link. */
  readonly click: Click | null;
}

const LIVE_PER_MILLE = 700;
const CLICKED_PER_MILLE = 120;
/** Of lines that nobody is credited for, so many name something that leads nowhere. */
const ASTRAY_PER_MILLE = 150;
const DAY_MS = 86_400_000;
const PICKED_DAYS = new Map(showcases.map((item) => [linkCode(item), item.pickedDays]));
const NOTHING: DemoTrace = { linkCode: null, liveSessionId: null, click: null };

/**
 * How the buyer of a line came: by the creator's link, by a click some time before, or in the creator's live session.
 * Lines without a creator have no trace, and a few a wrong one, so that the inbox shows every reason.
 */
export function traceOf(line: Placed, sessions: readonly DemoSession[], now: Date): DemoTrace {
  const random = createRandom(seedOf(`trace ${line.eventId}`));
  const { creator, product, occurredAt, buyerRef } = line;
  if (creator === null) return random.chance(ASTRAY_PER_MILLE) ? astray(line, sessions) : NOTHING;
  const session = sessions.find((each) => each.creator === creator && isDuring(each, occurredAt));
  if (session !== undefined && random.chance(LIVE_PER_MILLE))
    return { ...NOTHING, liveSessionId: session.id };
  const code = linkCode({ creator, product });
  if (!random.chance(CLICKED_PER_MILLE)) return { ...NOTHING, linkCode: code };
  const linkedAt = now.getTime() - PICKED_DAYS.get(code)! * DAY_MS;
  const clickedAt = new Date(Math.max(linkedAt, occurredAt.getTime() - random.int(2, 600) * 60_000));
  return { ...NOTHING, click: { linkCode: code, buyerRef, clickedAt } };
}

/** A code that no link has, the link of another product, or a live session that was over. */
function astray(line: Placed, sessions: readonly DemoSession[]): DemoTrace {
  const random = createRandom(seedOf(`astray ${line.eventId}`));
  const over = sessions.filter(({ endsAt }) => endsAt < line.occurredAt).at(-1);
  const other = showcases.find(({ product }) => product !== line.product)!;
  const kinds: DemoTrace[] = [
    { ...NOTHING, linkCode: `old-${random.int(10_000, 99_999)}` },
    { ...NOTHING, linkCode: linkCode(other) },
  ];
  if (over !== undefined) kinds.push({ ...NOTHING, liveSessionId: over.id });
  return random.pick(kinds);
}

const isDuring = ({ startedAt, endsAt }: DemoSession, at: Date): boolean => startedAt <= at && at < endsAt;
