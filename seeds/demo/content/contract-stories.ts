import type { AgencyKey, ContractSeed, CreatorKey } from './shapes.ts';

type Part = ContractSeed['visibility'][number];

/** Terms that one side proposes. Times are days before the seeding; negative ones lie ahead. */
interface Proposed {
  shareBp: number;
  visibility: Part[];
  message: string;
  /** Open-ended when left out. */
  endsDays?: number;
}

/** Something that happens between an agency and a creator, so many days before the seeding. */
export type ContractStep = { agency: AgencyKey; creator: CreatorKey; days: number } & (
  | ({ step: 'INVITE'; startsDays?: number } & Proposed)
  | ({ step: 'PROPOSE'; by: 'agency' | 'creator' } & Proposed)
  | { step: 'ACCEPT' | 'WITHDRAW' }
  | { step: 'DECLINE'; reason: string }
  | { step: 'NARROW'; visibility: Part[] }
  | { step: 'END'; by: 'agency' | 'creator'; reason: string }
);

const ALL: Part[] = ['SHOWCASE', 'LINKS', 'SAMPLES', 'ENGAGEMENTS', 'ORDERS', 'EARNINGS'];
const between = (agency: AgencyKey, creator: CreatorKey) => ({ agency, creator });

const bailuDapeng = between('agency:bailu', 'creator:dapeng');
const bailuWenwen = between('agency:bailu', 'creator:wenwen');
const yuanyeWenwen = between('agency:yuanye', 'creator:wenwen');
const yuanyeLaoli = between('agency:yuanye', 'creator:laoli');
const bailuSisi = between('agency:bailu', 'creator:sisi');
const bailuLinzi = between('agency:bailu', 'creator:linzi');
const yuanyeJianguo = between('agency:yuanye', 'creator:jianguo');
const yuanyeGege = between('agency:yuanye', 'creator:gege');
const bailuAnan = between('agency:bailu', 'creator:anan');
const yuanyeAnan = between('agency:yuanye', 'creator:anan');
const bailuKaige = between('agency:bailu', 'creator:kaige');

/** Every state of a contract and of a proposal, beside the contracts that simply run; each pair oldest first. */
export const contractSteps: ContractStep[] = [
  // Over, and the creator goes on with another agency, from a day that is still to come.
  {
    ...bailuAnan,
    step: 'INVITE',
    days: 500,
    shareBp: 2000,
    visibility: ['SHOWCASE', 'ORDERS'],
    message: '早教内容很稀缺，我们有母婴直播间和专职场控，欢迎来聊。',
  },
  { ...bailuAnan, step: 'ACCEPT', days: 496 },
  {
    ...bailuAnan,
    step: 'END',
    by: 'agency',
    days: 127,
    reason: '母婴组解散，暂不再运营早教账号，感谢一年多的合作。',
  },
  {
    ...yuanyeAnan,
    step: 'INVITE',
    days: 9,
    startsDays: -10,
    shareBp: 1800,
    visibility: ['SHOWCASE', 'LINKS', 'SAMPLES', 'ORDERS'],
    message: '青岛有我们的家庭号团队，从下个月起一起做绘本专场。',
  },
  { ...yuanyeAnan, step: 'ACCEPT', days: 6 },
  // Refused, and invited by the other agency since.
  {
    ...yuanyeWenwen,
    step: 'INVITE',
    days: 40,
    shareBp: 2800,
    visibility: ALL,
    message: '收纳类目我们有五位达人，签约后统一选品。',
  },
  { ...yuanyeWenwen, step: 'DECLINE', days: 38, reason: '分成偏高，暂时想自己做。' },
  {
    ...bailuWenwen,
    step: 'INVITE',
    days: 3,
    shareBp: 1500,
    visibility: ['SHOWCASE', 'LINKS', 'ORDERS'],
    endsDays: -365,
    message: '收益数据不用给我们看，先签一年，脚本和场控由我们出。',
  },
  // Not answered in time; taken back.
  {
    ...yuanyeLaoli,
    step: 'INVITE',
    days: 30,
    shareBp: 2200,
    visibility: ['SHOWCASE', 'SAMPLES', 'ORDERS'],
    message: '安溪茶山专场，想请您做主讲。',
  },
  {
    ...bailuSisi,
    step: 'INVITE',
    days: 20,
    shareBp: 2500,
    visibility: ALL,
    message: '口红测评矩阵招募。',
  },
  { ...bailuSisi, step: 'WITHDRAW', days: 19 },
  // For a fixed time.
  {
    ...bailuKaige,
    step: 'INVITE',
    days: 105,
    shareBp: 2000,
    visibility: ['SHOWCASE', 'LINKS', 'ENGAGEMENTS', 'ORDERS'],
    endsDays: -260,
    message: '耳机音响类目年框，投放费用我们出。',
  },
  { ...bailuKaige, step: 'ACCEPT', days: 100 },
  // Changed by both: a better share for a year of trust.
  {
    ...bailuLinzi,
    step: 'PROPOSE',
    by: 'creator',
    days: 64,
    shareBp: 1800,
    visibility: ALL,
    message: '三个月GMV翻倍，想把分成降到18%。',
  },
  { ...bailuLinzi, step: 'ACCEPT', days: 62 },
  // Consent taken back in part.
  { ...yuanyeJianguo, step: 'NARROW', days: 30, visibility: ['SHOWCASE', 'LINKS', 'SAMPLES', 'ORDERS'] },
  // A change that waits for the creator's answer.
  {
    ...bailuDapeng,
    step: 'PROPOSE',
    by: 'agency',
    days: 2,
    shareBp: 800,
    visibility: ALL,
    message: '开放收益数据后我们可以按场次投流，分成让一个点。',
  },
  // Ending: the creator has asked for it.
  {
    ...yuanyeGege,
    step: 'END',
    by: 'creator',
    days: 2,
    reason: '车行业务忙，想自己安排直播时间。',
  },
];
