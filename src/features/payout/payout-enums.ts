import { declareEnum } from '../../graphql/declare-enum.ts';
import type { PayoutMethodKind } from './payout-method.ts';
import type { AnswerSource } from './payout-rows.ts';
import type { AnswerEffect, FinalState, PayoutState, Said } from './payout-state.ts';

export const PayoutStateEnum = declareEnum<PayoutState>('PayoutState', 'Where a payout 提现 is.', {
  REQUESTED: 'It has left the balance and waits to be sent.',
  SENT: 'The bank or the provider has it.',
  CONFIRMED: 'It has arrived.',
  FAILED: 'It has not arrived, and is in the balance again.',
});

export const PayoutEndEnum = declareEnum<FinalState>('PayoutEnd', 'How a payout can end.', {
  CONFIRMED: 'It has arrived.',
  FAILED: 'It has not arrived, and is in the balance again.',
});

export const PayoutMethodKindEnum = declareEnum<PayoutMethodKind>(
  'PayoutMethodKind',
  'What kind of account is paid to.',
  {
    BANK: 'An account at a bank, paid by a file of credit transfers.',
    PROVIDER: 'An account at the payment provider of the alliance.',
  },
);

export const PayoutAnswerSourceEnum = declareEnum<AnswerSource>(
  'PayoutAnswerSource',
  'On which way something was said of a payout.',
  {
    SEND: 'In answer to the order to pay.',
    POLL: 'In answer to a question about it.',
    CALLBACK: 'By a signed callback.',
    BANK_FILE: "In a bank's answer to a file (pain.002).",
  },
);

export const PayoutSaidEnum = declareEnum<Said>('PayoutSaid', 'What was said of a payout.', {
  PENDING: 'Nothing final.',
  CONFIRMED: 'That it has arrived.',
  FAILED: 'That it has not arrived.',
});

export const PayoutAnswerEffectEnum = declareEnum<AnswerEffect>(
  'PayoutAnswerEffect',
  'What an answer has done to a payout.',
  {
    APPLIED: 'It has moved the payout.',
    REPEATED: 'It says what was known.',
    STALE: 'It came after the end, and says nothing final.',
    CONTRADICTS: 'It says the contrary of how the payout has ended: an operator is to decide.',
  },
);
