import type { PartyKind } from '../../graphql/actor.ts';
import type { AccountKind, TransferKind } from '../ledger/index.ts';

/** A word in Chinese and English, as both stand on the page. */
export type Label = readonly [zh: string, en: string];

export const ACCOUNT_LABELS: Readonly<Record<AccountKind, Label>> = {
  ESCROW: ['预存款', 'Escrow'],
  PAYABLE: ['可提余额', 'Payable'],
  RESERVE: ['保证金', 'Reserve'],
  RECEIVABLE: ['应追回款', 'Owed after clawbacks'],
  REVENUE: ['技术服务费收入', 'Revenue'],
  SUBSIDY: ['官方补贴', 'Subsidy'],
  SHARES: ['分享奖励', 'Set aside for sharers'],
  BOOST: ['推广预算', 'Boost budgets'],
  PAYOUT_CLEARING: ['提现在途', 'On its way'],
  CASH: ['银行存款', 'Cash'],
  WITHHOLDING: ['代扣税款', 'Tax withheld'],
};

/** In the order in which they stand in the summary. */
export const KIND_LABELS: Readonly<Record<TransferKind, Label>> = {
  DEPOSIT: ['充值', 'Deposit'],
  WITHDRAWAL: ['预存款提取', 'Withdrawal'],
  SETTLEMENT: ['佣金结算', 'Commission settled'],
  ADJUSTMENT: ['尾差调整', 'Rounding adjusted'],
  ENGAGEMENT: ['合作服务费', 'Engagement paid'],
  RESERVE_KEPT: ['保证金留存', 'Kept in reserve'],
  RESERVE_RELEASED: ['保证金释放', 'Reserve released'],
  CLAWBACK: ['佣金追回', 'Clawback'],
  CLAWBACK_TAKEN: ['追回款从余额扣除', 'Clawback taken of balance'],
  CLAWBACK_OFFSET: ['追回款抵扣后续收入', 'Clawback offset'],
  WRITE_OFF: ['核销', 'Written off'],
  BOOST_FUNDED: ['推广预算冻结', 'Boost budget put aside'],
  BOOST_SPENT: ['推广消耗', 'Boost spent'],
  BOOST_RELEASED: ['推广预算退回', 'Boost budget given back'],
  SUBSIDY_FUNDED: ['活动补贴划拨', 'Event money put aside'],
  SUBSIDY_PAID: ['官方补贴', 'Event subsidy'],
  SUBSIDY_RETURNED: ['官方补贴退回', 'Event subsidy given back'],
  BONUS_PAID: ['活动加佣', 'Event bonus'],
  PRIZE_PAID: ['活动奖金', 'Event prize'],
  SUBSIDY_RELEASED: ['活动补贴收回', 'Event money given back'],
  SHARE_REWARDED: ['分享奖励计提', 'Reward for sharing put aside'],
  SHARE_RETURNED: ['分享奖励退回', 'Reward for sharing given back'],
  SHARE_CREDITED: ['分享奖励已发放', 'Reward for sharing given in the shop'],
  PAYOUT: ['提现申请', 'Payout asked for'],
  PAYOUT_CONFIRMED: ['提现到账', 'Payout arrived'],
  WITHHOLDING: ['代扣税款', 'Tax withheld'],
  PAYOUT_RETURNED: ['提现退回', 'Payout returned'],
  PAYOUT_REVERSED: ['提现撤销', 'Payout reversed'],
};

export const PARTY_LABELS: Readonly<Record<PartyKind, Label>> = {
  ALLIANCE: ['联盟', 'Alliance'],
  BRAND: ['品牌', 'Brand'],
  AGENCY: ['服务商', 'Agency'],
  CREATOR: ['达人', 'Creator'],
};
