import { isStatementNumber } from './statement-number.ts';

/** The forms in which a statement is given out; `lines.csv` are the order lines behind it. */
export const STATEMENT_FORMS = ['csv', 'lines.csv', 'json', 'html'] as const;
export type StatementForm = (typeof STATEMENT_FORMS)[number];

/** The path of a file under the server. */
export const pathOf = (number: string, form: StatementForm): string => `/statements/${number}.${form}`;

/** Reads the name of a file; undefined for every text that is none. */
export function readFileName(name: string): { number: string; form: StatementForm } | undefined {
  const dot = name.indexOf('.');
  const [number, rest] = [name.slice(0, dot), name.slice(dot + 1)];
  const form = STATEMENT_FORMS.find((each) => each === rest);
  return dot > 0 && form !== undefined && isStatementNumber(number) ? { number, form } : undefined;
}
