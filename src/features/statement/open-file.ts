import { Readable } from 'node:stream';
import type { Sql } from '../../db/database.ts';
import type { StatementForm } from './statement-path.ts';
import type { WholeStatement } from './statement-rows.ts';
import { linesCsv, orderLinesCsv } from './write-csv.ts';
import { type PageLinks, statementPage } from './write-html.ts';
import { statementJson } from './write-json.ts';

/** A file of a statement, made while it is read. */
export interface StatementFile {
  readonly contentType: string;
  readonly fileName: string;
  /** Text in UTF-8; its memory does not grow with the statement. */
  readonly content: Readable;
}

const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  'lines.csv': 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const satisfies Record<StatementForm, string>;

/** Opens a statement as a file of the form. */
export function openFile(
  db: Sql,
  whole: WholeStatement,
  form: StatementForm,
  links: PageLinks,
): StatementFile {
  const parts = {
    csv: () => linesCsv(db, whole),
    'lines.csv': () => orderLinesCsv(db, whole),
    json: () => statementJson(db, whole),
    html: () => statementPage(db, whole, links),
  }[form]();
  return {
    contentType: CONTENT_TYPES[form],
    fileName: `${whole.statement.number}.${form}`,
    content: Readable.from(parts, { objectMode: false, encoding: 'utf8' } as never),
  };
}
