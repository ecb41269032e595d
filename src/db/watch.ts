import { AsyncLocalStorage } from 'node:async_hooks';

/** One statement that has ended. */
export interface EndedStatement {
  /** As it was sent. It may hold values, some of them secret: it is not to be shown as it stands. */
  readonly sql: string;
  readonly ms: number;
  readonly failed: boolean;
}

/** Somebody who wants to know of the statements of a piece of work, such as one request. */
export interface StatementWatch {
  ended(statement: EndedStatement): void;
}

const watches = new AsyncLocalStorage<StatementWatch>();

/** Does the work, and has the watch told of each of its statements, wherever they are made. */
export const watchStatements = <Result>(watch: StatementWatch, work: () => Result): Result =>
  watches.run(watch, work);

/** Who watches the work that is under way, if anybody does. */
export const currentWatch = (): StatementWatch | undefined => watches.getStore();
