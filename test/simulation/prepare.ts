import pg from 'pg';

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `s${names.size}`;
    names.set(text, name);
  }
  return name;
}

/**
 * Has PostgreSQL plan each statement of this process once for a connection: on tables as small as those of a history,
 * planning is most of what a statement costs. What is executed is the same.
 */
export function prepareStatements(): void {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [text, values, ...rest] = args;
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0)
      return query.apply(this, args);
    return query.call(this, { name: nameOf(text), text, values }, ...rest);
  } as typeof pg.Client.prototype.query;
}
