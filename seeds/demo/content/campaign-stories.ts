import type { CampaignSeed, EnrolmentSeed, ReenrolmentSeed, SpreadLinkSeed } from './shapes.ts';

/** What campaigns can be beside the three large ones: a spread, a second level, one that is closed. */
export const furtherCampaigns: CampaignSeed[] = [
  {
    key: 'campaign:spark-kids-spread',
    agency: 'agency:xinghuo',
    title: '星火·亲子好物一价全包',
    about: '品牌只报一个总比例，达人分成由星火按链接逐条谈；入选后三十天内不撤品、不降价。',
    access: 'ALL',
    parties: [],
    pays: 'SPREAD',
    minServiceFeeBp: 0,
    categories: [{ category: 'category:kids', minCommissionBp: 1500 }],
    places: 20,
    commitmentDays: 30,
    opensDays: 40,
    closesInDays: 50,
  },
  {
    key: 'campaign:base-table',
    agency: 'agency:dieshiqiao',
    title: '叠石桥基地·年货餐桌联合招商',
    about: '与江风选品团联合，基地六十间直播间同步上架年货，服务费由两家分。',
    access: 'ALL',
    parties: [],
    minServiceFeeBp: 0,
    categories: [{ category: 'category:food', minCommissionBp: 1000 }],
    opensDays: 15,
    closesInDays: 25,
  },
  {
    key: 'campaign:spark-summer',
    agency: 'agency:xinghuo',
    title: '星火·夏末护肤专场',
    about: '八月收官的护肤专场，已提前关闭。',
    access: 'ALL',
    parties: [],
    minServiceFeeBp: 300,
    categories: [{ category: 'category:beauty', minCommissionBp: 2000 }],
    places: 10,
    opensDays: 80,
    closesInDays: -10,
  },
];

/** Enrolments in the states that the large campaigns do not show. */
export const furtherEnrolments: EnrolmentSeed[] = [
  enrolment('campaign:spark-kids-spread', 'product:xiaomuwu-magnet-tiles', 2600, 'APPROVED', 33),
  enrolment('campaign:spark-kids-spread', 'product:xiaomuwu-panda-plush', 2400, 'APPROVED', 14),
  enrolment('campaign:spark-kids-spread', 'product:haomian-sleepbag-vest', 2200, 'APPROVED', 12),
  enrolment('campaign:spark-kids-spread', 'product:xiaomuwu-reading-pen', 2000, 'PENDING', 3),
  enrolment('campaign:spark-summer', 'product:hebai-tea-mask', 3000, 'ENDED', 70),
  enrolment('campaign:spark-summer', 'product:hebai-lotus-mask', 3200, 'ENDED', 66),
  enrolment(
    'campaign:spark-summer',
    'product:hebai-mirror-lip',
    2600,
    'REJECTED_FOR_GOOD',
    64,
    '备案信息与详情页不一致，本专场不再接收。',
  ),
  enrolment('campaign:spark-summer', 'product:hebai-body-wash', 2500, 'WITHDRAWN', 60),
];

function enrolment(
  campaign: EnrolmentSeed['campaign'],
  product: EnrolmentSeed['product'],
  commissionBp: number,
  state: EnrolmentSeed['state'],
  sinceDays: number,
  note: string | null = null,
): EnrolmentSeed {
  const serviceFeeBp = campaign === 'campaign:spark-kids-spread' ? 0 : 400;
  return { campaign, product, commissionBp, serviceFeeBp, state, note, sinceDays };
}

/** The brand is bound here and has asked its agency to let the product go. */
export const leaving = {
  campaign: 'campaign:spark-kids-spread',
  product: 'product:xiaomuwu-panda-plush',
  brand: 'brand:xiaomuwu',
  days: 2,
} as const;

export const reenrolments: ReenrolmentSeed[] = [
  {
    from: 'campaign:autumn-table',
    campaign: 'campaign:base-table',
    product: 'product:laozao-sausage',
    serviceFeeBp: 150,
    sinceDays: 13,
  },
  {
    from: 'campaign:autumn-table',
    campaign: 'campaign:base-table',
    product: 'product:tianshan-bingtangxin',
    serviceFeeBp: 200,
    sinceDays: 11,
  },
];

export const spreadLinks: SpreadLinkSeed[] = [
  link('product:xiaomuwu-magnet-tiles', 'creator:xiaoyu', 2000, 30),
  link('product:xiaomuwu-magnet-tiles', 'creator:wenwen', 1800, 21),
  link('product:haomian-sleepbag-vest', 'creator:xiaoyu', 1600, 10),
];

function link(
  product: SpreadLinkSeed['product'],
  creator: SpreadLinkSeed['creator'],
  creatorPartBp: number,
  madeDays: number,
): SpreadLinkSeed {
  return { campaign: 'campaign:spark-kids-spread', product, creator, creatorPartBp, madeDays };
}
