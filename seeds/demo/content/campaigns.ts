import { createRandom, seedOf } from '../../random.ts';
import { topOf } from './categories.ts';
import { creators } from './creators.ts';
import { openRate, plans } from './plans.ts';
import { products } from './products.ts';
import type { CampaignSeed, EnrolmentSeed, ProductSeed } from './shapes.ts';

/** One campaign of each kind of access. */
export const campaigns: CampaignSeed[] = [
  {
    key: 'campaign:autumn-table',
    agency: 'agency:jiangfeng',
    title: '江风团·秋冬餐桌与茶席专场',
    about: '产地水果、坚果、茶和咖啡，样品通过后两天内上团，坏果包赔的优先。',
    access: 'ALL',
    parties: [],
    minServiceFeeBp: 200,
    categories: [
      { category: 'category:food', minCommissionBp: 1000 },
      { category: 'category:drinks', minCommissionBp: 1500 },
    ],
    opensDays: 75,
    closesInDays: 30,
    secondLevelOpen: true,
  },
  {
    key: 'campaign:spark-list',
    agency: 'agency:xinghuo',
    title: '星火严选·达人专供榜',
    about: '美妆、数码、运动好物，只对头部和腰部合作达人开放。',
    access: 'NAMED_CREATORS',
    parties: creators.filter((creator) => creator.tier !== 'ORDINARY').map((creator) => creator.key),
    minServiceFeeBp: 300,
    categories: [
      { category: 'category:beauty', minCommissionBp: 2000 },
      { category: 'category:digital', minCommissionBp: 500 },
      { category: 'category:sports', minCommissionBp: 1000 },
    ],
    opensDays: 60,
    closesInDays: 45,
  },
  {
    key: 'campaign:nantong-winter',
    agency: 'agency:dieshiqiao',
    title: '南通家纺产业带·冬被节',
    about: '产业带商家专场，基地统一质检、统一发货，四十八小时内出库。',
    access: 'NAMED_SHOPS',
    parties: ['brand:ruomian', 'brand:yunzhi', 'brand:sangyu', 'brand:haomian'],
    minServiceFeeBp: 200,
    categories: [{ category: 'category:home', minCommissionBp: 1200 }],
    opensDays: 50,
    closesInDays: 40,
  },
];

const ENROLLED_PER_CAMPAIGN = 10;

/** Ten products in each campaign, all of them with an open plan; the last two of each wait or were refused. */
export const enrolments: EnrolmentSeed[] = campaigns.flatMap(enrol);

function enrol(campaign: CampaignSeed): EnrolmentSeed[] {
  const random = createRandom(seedOf(`enrolments ${campaign.key}`));
  const open = new Set(plans.filter((plan) => plan.kind === 'OPEN').map((plan) => plan.product));
  const fitting = products.filter(
    (product) => product.state === 'LISTED' && open.has(product.key) && mayEnrol(campaign, product),
  );
  return random.sample(fitting, ENROLLED_PER_CAMPAIGN).map((product, index) => {
    const refused = index === ENROLLED_PER_CAMPAIGN - 1;
    return {
      campaign: campaign.key,
      product: product.key,
      commissionBp: Math.max(minCommissionBp(campaign, product)!, openRate(product) + random.int(-2, 6) * 50),
      serviceFeeBp: campaign.minServiceFeeBp + random.int(0, 8) * 50,
      state: refused ? 'REJECTED' : index === ENROLLED_PER_CAMPAIGN - 2 ? 'PENDING' : 'APPROVED',
      note: refused ? '样品与详情页描述不符，请更换样品后重新报名。' : null,
      sinceDays: Math.min(product.listedDays!, random.int(20, campaign.opensDays)),
    };
  });
}

function mayEnrol(campaign: CampaignSeed, product: ProductSeed): boolean {
  const shops = campaign.access === 'NAMED_SHOPS' ? campaign.parties : [product.brand];
  return shops.includes(product.brand) && minCommissionBp(campaign, product) !== undefined;
}

function minCommissionBp(campaign: CampaignSeed, product: ProductSeed): number | undefined {
  const top = topOf(product.category);
  return campaign.categories.find((each) => each.category === top)?.minCommissionBp;
}
