import type { ProductSource, SourceKind } from '../../../src/features/product/index.ts';
import type { DocumentKind } from '../../../src/features/source/index.ts';

/** What a document says of itself; the file is made up, and so is its hash. */
export interface DocumentSeed {
  readonly kind: DocumentKind;
  readonly title: string;
  readonly issuer: string;
  readonly issuedDays: number;
  /** How many days ago it ended, below zero for one that still holds; null for one that does not end. */
  readonly endedDays: number | null;
}

/** A source story of a product, and how far it has come. */
export interface StorySeed {
  readonly key: `story:${string}`;
  readonly product: string;
  readonly brand: string;
  readonly kind: SourceKind;
  readonly place: string;
  readonly about: string;
  /** Whether it names the belt of Nantong, and its live base. */
  readonly inBelt: boolean;
  readonly documents: readonly DocumentSeed[];
  /** Submitted by the agency of the belt, which confirms by that. */
  readonly byAgency?: boolean;
  readonly submittedDays: number;
  readonly confirmedDays?: number;
  readonly decidedDays?: number;
  readonly state: 'SUBMITTED' | 'CONFIRMED' | 'VERIFIED' | 'REJECTED' | 'REVOKED' | 'EXPIRED';
  readonly reason?: string;
}

const licence = (issuer: string): DocumentSeed => ({
  kind: 'BUSINESS_LICENCE',
  title: '营业执照（生产型企业）',
  issuer,
  issuedDays: 2400,
  endedDays: null,
});
const audit = (issuer: string, endedDays = -300): DocumentSeed => ({
  kind: 'FACTORY_AUDIT',
  title: '验厂报告：产能、用工与质检',
  issuer,
  issuedDays: 400,
  endedDays,
});
const photographs: DocumentSeed = {
  kind: 'PHOTOGRAPH',
  title: '车间与仓库实拍',
  issuer: '叠石桥家纺直播基地',
  issuedDays: 60,
  endedDays: null,
};

/** Stories of every kind, in every state that one can see. The first of each brand stands longest. */
export const sourceStories: readonly StorySeed[] = [
  {
    key: 'story:apples',
    product: 'product:tianshan-bingtangxin',
    brand: 'brand:tianshan',
    kind: 'ORIGIN',
    place: '新疆阿克苏红旗坡农场',
    about: '二百三十户果农的合作社自采自发，每箱附果园编号；采摘当天入冷库，三天内出疆。',
    inBelt: false,
    documents: [
      {
        kind: 'GEOGRAPHICAL_INDICATION',
        title: '阿克苏苹果地理标志使用授权',
        issuer: '阿克苏地区苹果协会',
        issuedDays: 500,
        endedDays: -230,
      },
      {
        kind: 'TEST_REPORT',
        title: '农残四十八项检测',
        issuer: '新疆农产品质检中心',
        issuedDays: 90,
        endedDays: -275,
      },
    ],
    submittedDays: 48,
    decidedDays: 45,
    state: 'VERIFIED',
  },
  {
    key: 'story:apricots',
    product: 'product:tianshan-xingpu',
    brand: 'brand:tianshan',
    kind: 'ORIGIN',
    place: '新疆轮台县白杏种植区',
    about: '树上自然风干的小白杏，产地证书到期后尚未换新。',
    inBelt: false,
    documents: [
      {
        kind: 'ORIGIN_CERTIFICATE',
        title: '轮台小白杏原产地证明',
        issuer: '轮台县农业农村局',
        issuedDays: 380,
        endedDays: 15,
      },
    ],
    submittedDays: 28,
    decidedDays: 26,
    state: 'EXPIRED',
  },
  {
    key: 'story:quilt',
    product: 'product:ruomian-yurong-quilt',
    brand: 'brand:ruomian',
    kind: 'BELT',
    place: '江苏南通海门区叠石桥',
    about: '叠石桥产业带的裁剪车间，羽绒充填与绗缝都在一条街上完成，基地现场可验绒。',
    inBelt: true,
    documents: [audit('南通纺织服装检验所'), photographs],
    submittedDays: 46,
    confirmedDays: 44,
    decidedDays: 43,
    state: 'VERIFIED',
  },
  {
    key: 'story:storage',
    product: 'product:yunzhi-buyi-box',
    brand: 'brand:yunzhi',
    kind: 'FACTORY',
    place: '江苏南通通州区志浩工业园',
    about: '四十台织机的自有工厂，从坯布到成品不过第二道手。',
    inBelt: true,
    documents: [licence('南通市市场监督管理局'), audit('南通纺织服装检验所')],
    byAgency: true,
    submittedDays: 45,
    decidedDays: 42,
    state: 'VERIFIED',
  },
  {
    key: 'story:cream',
    product: 'product:hebai-ceramide-cream',
    brand: 'brand:hebai',
    kind: 'FACTORY',
    place: '浙江湖州美妆小镇',
    about: '自有灌装线，批号可在官网查询到生产班次。',
    inBelt: false,
    documents: [licence('湖州市市场监督管理局'), audit('华东日化检测')],
    submittedDays: 41,
    decidedDays: 39,
    state: 'VERIFIED',
  },
  {
    key: 'story:powder',
    product: 'product:hebai-enzyme-powder',
    brand: 'brand:hebai',
    kind: 'FACTORY',
    place: '浙江湖州美妆小镇',
    about: '自有工厂生产。',
    inBelt: false,
    documents: [licence('湖州市市场监督管理局')],
    submittedDays: 40,
    decidedDays: 38,
    state: 'REJECTED',
    reason: '包装上标注的受托生产企业与营业执照不一致，请按实际产地重新提交。',
  },
  {
    key: 'story:bottle',
    product: 'product:lianji-steel-bottle',
    brand: 'brand:lianji',
    kind: 'FACTORY',
    place: '浙江永康五金城',
    about: '自有拉伸与抛光车间。',
    inBelt: false,
    documents: [audit('浙江五金制品质检中心')],
    submittedDays: 39,
    decidedDays: 37,
    state: 'REVOKED',
    reason: '复查时发现改由外厂代工，原验厂报告不再适用。',
  },
  {
    key: 'story:scarf',
    product: 'product:sangyu-silk-scarf-long',
    brand: 'brand:sangyu',
    kind: 'BELT',
    place: '江苏南通海安蚕乡',
    about: '从缫丝到成衣都在一个镇上，蚕茧按农户记账。',
    inBelt: true,
    documents: [audit('江苏丝绸检验所'), photographs],
    submittedDays: 6,
    confirmedDays: 4,
    state: 'CONFIRMED',
  },
  {
    key: 'story:pillow',
    product: 'product:haomian-jiyi-pillow',
    brand: 'brand:haomian',
    kind: 'FACTORY',
    place: '江苏南通海门区工业园',
    about: '枕芯发泡与缝制同厂，每批留样送检。',
    inBelt: true,
    documents: [licence('南通市市场监督管理局'), audit('南通纺织服装检验所')],
    submittedDays: 2,
    state: 'SUBMITTED',
  },
];

/** Closings of outside shops: one that is announced, and one that was taken back before it began. */
export const closings: readonly {
  readonly key: string;
  readonly source: ProductSource;
  readonly reason: string;
  readonly announcedDays: number;
  /** How many days ahead it begins. */
  readonly daysAhead: number;
  readonly takenBackDays?: number;
}[] = [
  {
    key: 'closing:mokuai',
    source: 'MOKUAI',
    reason: '接口改造期间暂停引入。',
    announcedDays: 9,
    daysAhead: 20,
    takenBackDays: 5,
  },
  {
    key: 'closing:pinduoduo',
    source: 'PINDUODUO',
    reason: '售后数据无法回传，请在关闭前改由自有店铺供货。',
    announcedDays: 3,
    daysAhead: 30,
  },
];
