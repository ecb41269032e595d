import type { AgencySeed, AgencyService, BrandKey } from './shapes.ts';

/** Days are counted back from the seeding; negative ones lie ahead. */
export interface WindowSeed {
  readonly key: `window:${string}`;
  readonly title: string;
  readonly about: string;
  readonly services: AgencyService[];
  readonly announcedDays: number;
  readonly opensDays: number;
  readonly closesDays: number;
  readonly foundedBefore: string;
  readonly officeNeeded: boolean;
}

/** A window that is over, one that is open, one to come. */
export const certificationWindows: WindowSeed[] = [
  {
    key: 'window:last-year',
    title: '年度服务商认证（上一期）',
    about: '需提供近一年结案合同与结算单，团队须有专职选品与售后对接人。',
    services: ['RECRUITING', 'CREATOR_MANAGEMENT', 'CONTENT', 'BELT_BASE'],
    announcedDays: 420,
    opensDays: 410,
    closesDays: 330,
    foundedBefore: '2022-01-01',
    officeNeeded: true,
  },
  {
    key: 'window:now',
    title: '年度服务商认证',
    about: '需提供近一年结案合同与结算单；续期机构请补充退货率与纠纷处理说明。',
    services: ['RECRUITING', 'CREATOR_MANAGEMENT', 'CONTENT', 'BELT_BASE'],
    announcedDays: 45,
    opensDays: 40,
    closesDays: -45,
    foundedBefore: '2023-01-01',
    officeNeeded: true,
  },
  {
    key: 'window:content',
    title: '内容服务商专项认证',
    about: '面向脚本、拍摄与场控团队，须附三支完整案例视频。',
    services: ['CONTENT'],
    announcedDays: 5,
    opensDays: -30,
    closesDays: -90,
    foundedBefore: '2024-01-01',
    officeNeeded: false,
  },
];

/** An application of a candidate and what became of it, so many days before the seeding. */
export interface ApplicationSeed {
  readonly key: `application:${string}`;
  readonly window: WindowSeed['key'];
  readonly appliedDays: number;
  readonly decidedDays?: number;
  readonly state: 'APPLIED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';
  readonly reasons?: string[];
}

export interface CandidateSeed extends AgencySeed {
  readonly staff: number;
  readonly finishedCases: number;
  readonly foundedOn: string;
  readonly officeAddress: string;
  readonly statement: string;
  readonly applications: ApplicationSeed[];
  /** Why and since how many days it is suspended, if it is. */
  readonly suspension?: { readonly reason: string; readonly days: number };
}

/** Further agencies, one for each way in which one may stand with its certificate. */
export const candidates: CandidateSeed[] = [
  {
    key: 'agency:keqiao',
    name: '柯桥轻纺直播基地',
    gloss: 'Keqiao Textile Live Base, certified on its application',
    city: '绍兴',
    about: '柯桥轻纺城面料产业带的直播基地，一楼打样、二楼直播、三楼仓配。',
    services: ['BELT_BASE', 'CONTENT'],
    staff: 46,
    finishedCases: 31,
    foundedOn: '2017-03-08',
    officeAddress: '绍兴市柯桥区金柯桥大道 188 号 6 幢 3 层',
    statement: '运营柯桥轻纺直播基地四年，服务面料与成衣商家三十一家。',
    applications: [
      {
        key: 'application:keqiao',
        window: 'window:now',
        appliedDays: 32,
        decidedDays: 28,
        state: 'APPROVED',
      },
    ],
  },
  {
    key: 'agency:qinghe',
    name: '青禾招商',
    gloss: 'Green Grain Merchants, whose certificate ends soon and whose renewal is asked for',
    city: '成都',
    about: '西南农特产招商团长，和川渝云贵的合作社直接签约。',
    services: ['RECRUITING'],
    staff: 24,
    finishedCases: 15,
    foundedOn: '2019-09-01',
    officeAddress: '成都市高新区天府二街 99 号 1204 室',
    statement: '第二年续期，本年度结案十五个，退货率低于百分之五。',
    applications: [
      {
        key: 'application:qinghe-1',
        window: 'window:last-year',
        appliedDays: 350,
        decidedDays: 345,
        state: 'APPROVED',
      },
      { key: 'application:qinghe-2', window: 'window:now', appliedDays: 6, state: 'APPLIED' },
    ],
  },
  {
    key: 'agency:lanhai',
    name: '蓝海达人经纪',
    gloss: 'Blue Sea Talent, whose certificate has ended',
    city: '青岛',
    about: '海产与户外达人经纪公司，签约达人三十余位。',
    services: ['CREATOR_MANAGEMENT'],
    staff: 21,
    finishedCases: 12,
    foundedOn: '2020-05-20',
    officeAddress: '青岛市市南区香港中路 66 号 18 层',
    statement: '专注海产类目直播，自有冷链对接团队。',
    applications: [
      {
        key: 'application:lanhai',
        window: 'window:last-year',
        appliedDays: 405,
        decidedDays: 400,
        state: 'APPROVED',
      },
    ],
  },
  {
    key: 'agency:hongtu',
    name: '鸿图直播服务',
    gloss: 'Great Plan Live, certified and suspended',
    city: '深圳',
    about: '数码家电招商与代播服务商。',
    services: ['RECRUITING', 'CONTENT'],
    staff: 38,
    finishedCases: 27,
    foundedOn: '2018-11-11',
    officeAddress: '深圳市南山区科技园科苑路 15 号 2 栋 901',
    statement: '代播与招商一体，自有十二间直播间。',
    applications: [
      {
        key: 'application:hongtu',
        window: 'window:now',
        appliedDays: 38,
        decidedDays: 35,
        state: 'APPROVED',
      },
    ],
    suspension: { reason: '直播间多次使用“全网最低”等虚假宣传用语，整改期间暂停新增合作。', days: 9 },
  },
  {
    key: 'agency:muyun',
    name: '暮云内容工作室',
    gloss: 'Evening Cloud Studio, which has withdrawn an application and made another',
    city: '长沙',
    about: '美食与文旅短视频团队，脚本、拍摄、剪辑一体。',
    services: ['CONTENT'],
    staff: 22,
    finishedCases: 18,
    foundedOn: '2021-04-02',
    officeAddress: '长沙市岳麓区麓谷街道文轩路 27 号 B 座 502',
    statement: '湖南本地文旅账号十八个案例，附完整数据复盘。',
    applications: [
      {
        key: 'application:muyun-1',
        window: 'window:now',
        appliedDays: 20,
        decidedDays: 18,
        state: 'WITHDRAWN',
      },
      { key: 'application:muyun-2', window: 'window:now', appliedDays: 3, state: 'APPLIED' },
    ],
  },
  {
    key: 'agency:changfeng',
    name: '长风电商服务',
    gloss: 'Long Wind Commerce, whose application was rejected with reasons',
    city: '武汉',
    about: '华中地区食品招商与仓配服务。',
    services: ['RECRUITING'],
    staff: 20,
    finishedCases: 10,
    foundedOn: '2022-08-15',
    officeAddress: '武汉市洪山区光谷大道 77 号金融港 A3',
    statement: '提交结案十个，团队二十人。',
    applications: [
      {
        key: 'application:changfeng',
        window: 'window:now',
        appliedDays: 25,
        decidedDays: 21,
        state: 'REJECTED',
        reasons: ['十个案例中有四个缺少结算单。', '办公地址与营业执照登记地址不一致，且未附租赁合同。'],
      },
    ],
  },
];

/** The belt of a candidate. */
export const furtherBelt = {
  key: 'belt:keqiao',
  name: '柯桥面料产业带',
  region: '浙江绍兴',
  agency: 'agency:keqiao',
  about: '亚洲最大的轻纺面料集散地，从坯布、印染到成衣辅料一站配齐。',
} as const;

/** Live bases of both belts, one of them closed. */
export const liveBases = [
  {
    key: 'base:dieshiqiao',
    belt: 'belt:nantong',
    name: '叠石桥一号直播基地',
    city: '南通',
    address: '海门区三星镇叠石桥国际家纺城 A 区 3 层',
    rooms: 60,
    openedDays: 500,
    closedDays: null,
  },
  {
    key: 'base:zhihao',
    belt: 'belt:nantong',
    name: '志浩直播基地',
    city: '南通',
    address: '通州区川姜镇志浩市场 12 号楼',
    rooms: 18,
    openedDays: 600,
    closedDays: 120,
  },
  {
    key: 'base:keqiao',
    belt: 'belt:keqiao',
    name: '柯桥轻纺直播基地',
    city: '绍兴',
    address: '柯桥区金柯桥大道 188 号 6 幢 2 层',
    rooms: 32,
    openedDays: 20,
    closedDays: null,
  },
] as const;

export interface BeltJoinSeed {
  readonly key: `join:${string}`;
  readonly brand: BrandKey;
  readonly message: string;
  readonly askedDays: number;
  readonly state: 'ASKED' | 'ACCEPTED' | 'DECLINED' | 'WITHDRAWN';
  readonly reason?: string;
}

/** Requests to join the belt of Nantong, one in each state. */
export const beltJoins: BeltJoinSeed[] = [
  {
    key: 'join:ruomian',
    brand: 'brand:ruomian',
    message: '工厂就在叠石桥，想和基地共享样品间。',
    askedDays: 640,
    state: 'ACCEPTED',
  },
  {
    key: 'join:soundpull',
    brand: 'brand:soundpull',
    message: '想借基地的直播间做秋季专场。',
    askedDays: 60,
    state: 'DECLINED',
    reason: '产业带只收家纺类商家；直播间可以另外约场。',
  },
  {
    key: 'join:hebai',
    brand: 'brand:hebai',
    message: '香薰产品和床品搭配，申请加入。',
    askedDays: 30,
    state: 'WITHDRAWN',
  },
  {
    key: 'join:xiaomuwu',
    brand: 'brand:xiaomuwu',
    message: '我们的儿童床品线在南通代工，希望加入产业带。',
    askedDays: 2,
    state: 'ASKED',
  },
];
