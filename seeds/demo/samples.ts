import {
  approveSample,
  moveDueSamples,
  receiveSample,
  rejectSample,
  requestSample,
  setSampleRule,
  shipSample,
  submitSampleContent,
  withdrawSample,
} from '../../src/features/sample/index.ts';
import { creators, products, type SampleSeed, sampleRules, samples } from './content/index.ts';
import { demoId, keyOf } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

/** Long enough before the first request, and after the products were listed. */
const OFFERED_DAYS = 60;
const SHIP_DAYS = 7;
const REJECTION = '本期名额以护肤类达人为主，欢迎下期再申请。';
const productOf = new Map(products.map((product) => [product.key, product]));
const cityOf = new Map(creators.map(({ key, city }) => [key, city]));

/** The rules of brands and a request in each state, by the moves of its life; what ends by itself, the chore ends. */
export async function seedSamples(seeding: Seeding): Promise<void> {
  await forEachItem(seeding, 'Sample rules', sampleRules, ({ product, ...rule }) => {
    const side = {
      brandId: demoId(productOf.get(product)!.brand),
      productId: demoId(product),
      currency: 'CNY',
    };
    const limits = { perCreator: 1, daysToShip: SHIP_DAYS };
    const row = { id: demoId(keyOf.sampleRule({ product })), ...side, ...rule, ...limits };
    return setSampleRule(seeding.tx, row, ago(seeding, OFFERED_DAYS));
  });
  const oldestFirst = samples.toSorted((a, b) => b.askedDays - a.askedDays);
  await forEachItem(seeding, 'Samples', oldestFirst, (sample) => live(seeding, sample));
  await moveDueSamples(seeding.within, seeding.now);
}

/** Asks for a sample and takes it as far as the content says. */
async function live(seeding: Seeding, sample: SampleSeed): Promise<void> {
  const { tx } = seeding;
  const { creator, product, message, state, answeredDays, shippedDays, receivedDays, doneDays } = sample;
  const requestId = demoId(keyOf.sample(sample));
  const asked = {
    id: requestId,
    creatorId: demoId(creator),
    productId: demoId(product),
    skuId: demoId(productOf.get(product)!.skus[0]!.key),
    message,
    address: addressOf(sample),
  };
  await requestSample(tx, asked, ago(seeding, sample.askedDays));
  if (answeredDays !== null) {
    const at = ago(seeding, answeredDays);
    if (state === 'REJECTED') await rejectSample(tx, { requestId, reason: REJECTION }, at);
    else await approveSample(tx, requestId, at);
  }
  if (shippedDays !== null) {
    const parcel = { carrier: '顺丰速运', trackingNumber: `SF${requestId.slice(-12).toUpperCase()}` };
    await shipSample(tx, { requestId, ...parcel }, ago(seeding, shippedDays));
  }
  if (receivedDays !== null) await receiveSample(tx, requestId, ago(seeding, receivedDays));
  if (doneDays === null) return;
  const content = { title: '拆解实测', url: `https://video.example.com/${requestId.slice(-12)}` };
  if (state === 'WITHDRAWN') await withdrawSample(tx, requestId, ago(seeding, doneDays));
  else await submitSampleContent(tx, { requestId, ...content }, ago(seeding, doneDays));
}

/** Nobody lives there: the numbers are of the range that is kept for stories. */
function addressOf({ creator }: SampleSeed) {
  const name = creators.find(({ key }) => key === creator)!.name;
  const lines = ['联盟大道 616 号', '好物楼 11 层 06 室'];
  return { recipient: `${name}（收）`, phone: '400 000 0616', region: `${cityOf.get(creator)}市`, lines };
}
