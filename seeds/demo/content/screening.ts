/** What a creator has reported of the text of a product, and what became of it. */
export interface ReportSeed {
  readonly key: string;
  readonly product: string;
  readonly reporter: string;
  readonly words: string;
  /** How many days ago. */
  readonly days: number;
  /** How it was decided, two days later; UPHELD with a warning. It waits where it was not. */
  readonly decided?: { readonly outcome: 'UPHELD' | 'DISMISSED'; readonly reason: string };
}

/** Beside what the rules find in the texts of the demo by themselves, such as 全网最低价 in one that is being written. */
export const reports: readonly ReportSeed[] = [
  {
    key: 'ha-mask',
    product: 'product:hebai-ha-mask',
    reporter: 'creator:dapeng',
    words: '直播间说“三天见效”，详情里也找不到检测报告。',
    days: 12,
    decided: { outcome: 'UPHELD', reason: '功效没有人体评价报告支持，请修改详情。' },
  },
  {
    key: 'tea-mask',
    product: 'product:hebai-tea-mask',
    reporter: 'creator:wenwen',
    words: '成分表里没有茶多酚。',
    days: 9,
    decided: { outcome: 'DISMISSED', reason: '备案成分与详情一致。' },
  },
  {
    key: 'cushion',
    product: 'product:hebai-cushion',
    reporter: 'creator:wenwen',
    words: '持妆 24 小时没有依据。',
    days: 1,
  },
];
