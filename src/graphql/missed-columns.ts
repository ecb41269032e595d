let isWatching = false;

/** Has rows tell when a column is read of them that was not asked of the database. For tests: it costs each read. */
export function watchMissedColumns(): void {
  isWatching = true;
}

/** The rows, which throw for a column that they could have and were not given. */
export function watched<Row>(
  rows: readonly Row[],
  columns: readonly string[],
  loader: string,
): readonly Row[] {
  if (!isWatching) return rows;
  const known = new Set(columns);
  return rows.map(
    (row) =>
      new Proxy(row as object, {
        get(target, name, receiver) {
          if (typeof name === 'string' && known.has(name) && !(name in target))
            throw new Error(`The column "${name}" of ${loader} was read, and was not asked for.`);
          return Reflect.get(target, name, receiver);
        },
      }) as Row,
  );
}
