import { declareEnum } from '../../graphql/declare-enum.ts';

/** What a product of a Trust Buy brand may promise its buyers, in the order in which it is told. */
export const PROTECTION_KINDS = [
  'REFUND_WITHOUT_RETURN',
  'RETURN_FREIGHT',
  'TENFOLD_IF_FAKE',
  'AUTHENTICATED',
  'WARRANTY_180_DAYS',
] as const;
export type ProtectionKind = (typeof PROTECTION_KINDS)[number];

export const ProtectionKindEnum = declareEnum<ProtectionKind>(
  'ProtectionKind',
  'What a product of a Trust Buy 信任购 brand promises its buyers.',
  {
    REFUND_WITHOUT_RETURN: 'Money back without sending the goods back 退款不退货.',
    RETURN_FREIGHT: 'The freight of a return is paid 退货补运费.',
    TENFOLD_IF_FAKE: 'Ten times the price for a fake, beside the price itself 假一赔十.',
    AUTHENTICATED: 'Jewellery and jade that was authenticated before it was shipped 真宝仓.',
    WARRANTY_180_DAYS: 'A second-hand phone is under warranty for 180 days.',
  },
);
