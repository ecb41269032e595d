import type { CreatorKey, ProductKey, SampleRuleSeed, SampleSeed } from './shapes.ts';
import { fen, table } from './table.ts';

/** How the table writes that there is none. */
const NONE = '-';

/** product | approval | who falls short | followers | GMV in yuan | orders | price cap in yuan | quota | days for content | content */
const RULES = `
hebai-ceramide-cream | MANUAL | REVIEWED | 50000 | 0 | 0 | 200 | 30 | 14 | VIDEO
hebai-vc-serum | MANUAL | REVIEWED | 300000 | 1000 | 1 | 200 | 20 | 14 | ANY
hebai-retinol-serum | AUTOMATIC | REVIEWED | 100000 | 0 | 0 | 260 | 20 | 14 | LIVE
hebai-foundation | MANUAL | REVIEWED | 100000 | 500 | 1 | ${NONE} | 15 | 10 | VIDEO
hebai-cushion | AUTOMATIC | REVIEWED | 50000 | 0 | 0 | ${NONE} | 40 | 14 | ANY
hebai-mirror-lip | MANUAL | REVIEWED | 20000 | 0 | 0 | ${NONE} | 60 | 7 | VIDEO
hebai-body-wash | MANUAL | REVIEWED | 0 | 0 | 0 | ${NONE} | 100 | 14 | ANY
hebai-cleansing-balm | AUTOMATIC | REVIEWED | 10000 | 0 | 0 | ${NONE} | 50 | 14 | ANY
soundpull-open-ear | AUTOMATIC | REVIEWED | 1000000 | 500 | 1 | ${NONE} | 10 | 14 | ANY
soundpull-headset | AUTOMATIC | REVIEWED | 1000000 | 500 | 1 | ${NONE} | 10 | 14 | LIVE
soundpull-smart-watch | MANUAL | REVIEWED | 500000 | 0 | 0 | 400 | 5 | 14 | VIDEO
soundpull-smart-band | AUTOMATIC | REFUSED | 100000 | 0 | 0 | 200 | 40 | 14 | ANY
soundpull-live-mic | AUTOMATIC | REFUSED | 30000 | 0 | 0 | ${NONE} | 1 | 14 | LIVE
lianji-steel-bottle | AUTOMATIC | REVIEWED | 50000 | 0 | 0 | 100 | 200 | 14 | ANY
lianji-camp-chair | MANUAL | REVIEWED | 20000 | 0 | 0 | ${NONE} | 30 | 21 | VIDEO
`;

/** creator | product | days ago: asked, answered by the brand, shipped, received, content or withdrawal | the state now | message */
const REQUESTS = `
wenwen | hebai-ceramide-cream | 2 | ${NONE} | ${NONE} | ${NONE} | ${NONE} | PENDING | 想拍一条收纳台前的晚间护肤，成片给你们做素材。
jiajia | hebai-vc-serum | 5 | 3 | ${NONE} | ${NONE} | ${NONE} | APPROVED | 敏感肌测评系列第42期，想测早C的耐受。
yogalin | hebai-retinol-serum | 45 | ${NONE} | 42 | 38 | ${NONE} | OVERDUE | 跟练打卡的第1200天，想聊聊抗糖和晚A。
qingqing | hebai-foundation | 9 | 7 | ${NONE} | ${NONE} | ${NONE} | REJECTED | 想做油痘肌持妆12小时实测。
sisi | hebai-cushion | 6 | ${NONE} | ${NONE} | ${NONE} | 5 | WITHDRAWN | 试色不开滤镜，三个色号都想要。
momo | hebai-mirror-lip | 20 | 15 | ${NONE} | ${NONE} | ${NONE} | NOT_SHIPPED | 宿舍好物合集，平价唇釉专题。
xiaoyu | hebai-body-wash | 12 | ${NONE} | ${NONE} | ${NONE} | ${NONE} | REJECTED | 一家四口都能用的沐浴露想试试。
dapeng | soundpull-open-ear | 12 | ${NONE} | 10 | 7 | ${NONE} | CONTENT_DUE | 骨传导横评还差你们这一款。
dapeng | soundpull-headset | 4 | ${NONE} | 2 | ${NONE} | ${NONE} | SHIPPED | 周五晚上降噪耳机专场要用。
dapeng | soundpull-smart-watch | 35 | 34 | 33 | 30 | 20 | FULFILLED | 拆解视频已排期。
dapeng | lianji-steel-bottle | 24 | ${NONE} | 22 | ${NONE} | ${NONE} | FULFILLED | 车载保温杯横评。
haohao | soundpull-live-mic | 8 | ${NONE} | 6 | 3 | ${NONE} | CONTENT_DUE | 每天拆一个，这个想拆。
`;

/** Under what brands of the demo give samples. */
export const sampleRules: SampleRuleSeed[] = table(RULES, 10).map(
  ([product, approval, shortFalls, followers, gmv, orders, cap, quota, days, wanted]) => ({
    product: `product:${product}`,
    approval: approval as SampleRuleSeed['approval'],
    shortFalls: shortFalls as SampleRuleSeed['shortFalls'],
    minFollowers: BigInt(followers!),
    minGmvMinor: fen(gmv!),
    minCompletedOrders: Number(orders),
    priceCapMinor: cap === NONE ? null : fen(cap!),
    quota: Number(quota),
    daysForContent: Number(days),
    contentWanted: wanted as SampleRuleSeed['contentWanted'],
  }),
);

/** A request in each state; of what ends by itself, the table says only when it began. */
export const samples: SampleSeed[] = table(REQUESTS, 9).map(
  ([creator, product, asked, answered, shipped, received, content, state, message]) => ({
    creator: `creator:${creator}` as CreatorKey,
    product: `product:${product}` as ProductKey,
    message: message!,
    state: state as SampleSeed['state'],
    askedDays: Number(asked),
    answeredDays: daysOf(answered!),
    shippedDays: daysOf(shipped!),
    receivedDays: daysOf(received!),
    doneDays: daysOf(content!),
  }),
);

function daysOf(cell: string): number | null {
  return cell === NONE ? null : Number(cell);
}
