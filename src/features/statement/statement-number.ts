const NUMBER = /^GA-\d{4}-(0[1-9]|1[0-2])-\d{6,9}$/;

/** The number of a statement: its month, and its place among the statements of the month, from 1. */
export const statementNumber = (month: string, place: number): string =>
  `GA-${month}-${String(place).padStart(6, '0')}`;

/** Whether a text has the form of a statement's number; of others none is ever looked for. */
export const isStatementNumber = (text: string): boolean => text.length <= 24 && NUMBER.test(text);
