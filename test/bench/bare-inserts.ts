import type pg from 'pg';

/** The tables that an order event ends up in, in the order in which they are written. */
const TABLES = [
  'order_event_key',
  'order_event',
  'order_line_key',
  'order_line',
  'frozen_terms',
  'waterfall_node',
  'commission_step',
  'commission_entry',
] as const;

interface Column {
  readonly name: string;
  readonly type: string;
}

/** Rows of one table as texts, column by column, for `unnest`. */
export interface TableRows {
  readonly table: string;
  readonly columns: readonly Column[];
  /** The line that each row belongs to. */
  readonly lines: readonly string[];
  readonly values: readonly (readonly (string | null)[])[];
}

/** The rows of lines that an intake has written, to be written once more without any rule. */
export async function writtenRows(client: pg.Client, orders: string): Promise<TableRows[]> {
  const tables: TableRows[] = [];
  for (const table of TABLES) {
    const { rows: columns } = await client.query<Column>(
      `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
        where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
      [table],
    );
    const names = columns.map(({ name }) => `t.${name}::text`).join(', ');
    const statement = `select ${lineOf(table)}, ${names} from ${table} t where ${isOf(table, orders)}`;
    const { rows } = await client.query<(string | null)[]>({ text: statement, rowMode: 'array' });
    tables.push({
      table,
      columns,
      lines: rows.map(([line]) => line ?? ''),
      values: rows.map(([, ...values]) => values),
    });
  }
  return tables;
}

/** SQL: which rows `t` of a table belong to orders whose numbers begin so. Their events are named after them. */
function isOf(table: string, orders: string): string {
  if (table === 'order_event_key') return `t.event_id like '${orders}%'`;
  if (table.startsWith('order_')) return `t.order_no like '${orders}%'`;
  return `t.line_id in (select k.line_id from order_line_key k where k.order_no like '${orders}%')`;
}

/** SQL: what tells the order of row `t`, the same in all tables. */
function lineOf(table: string): string {
  if (table === 'order_event_key') return `split_part(t.event_id, '/', 1)`;
  if (table.startsWith('order_')) return 't.order_no';
  return '(select k.order_no from order_line_key k where k.brand_id = t.brand_id and k.line_id = t.line_id)';
}

/** Takes the rows of such orders away again; the keys go last, since the others are found by them. */
export async function removeRows(client: pg.Client, orders: string): Promise<void> {
  const last = (table: string) => Number(table === 'order_line_key');
  for (const table of [...TABLES].sort((one, other) => last(one) - last(other)))
    await client.query(`delete from ${table} t where ${isOf(table, orders)}`);
}

/** The statements of one transaction, with all that they write. */
export type Packet = readonly { readonly name: string; readonly text: string; readonly values: unknown[] }[];

/** The rows of so many lines at a time as packets: one `unnest` for each table. */
export function packetsOf(tables: readonly TableRows[], linesEach: number): Packet[] {
  const numbers = new Map<string, number>();
  for (const { lines } of tables)
    for (const line of lines) if (!numbers.has(line)) numbers.set(line, Math.floor(numbers.size / linesEach));
  const packets = Array.from({ length: Math.ceil(numbers.size / linesEach) }, (): Packet[number][] => []);
  for (const { table, columns, lines, values } of tables) {
    const names = columns.map(({ name }) => name).join(', ');
    const casts = columns.map(({ name, type }) => `u.${name}::${type}`).join(', ');
    const arrays = columns.map((_, i) => `$${i + 1}::text[]`).join(', ');
    const text = `insert into ${table} (${names}) select ${casts} from unnest(${arrays}) u (${names})`;
    const grouped = Map.groupBy(values, (_, i) => numbers.get(lines[i] ?? '') ?? 0);
    for (const [packet, rows] of grouped)
      packets[packet]?.push({
        name: `bare-${table}`,
        text,
        values: columns.map((_, i) => rows.map((row) => row[i] ?? null)),
      });
  }
  return packets;
}

/** Writes a packet in one transaction. */
export async function writePacket(client: Pick<pg.ClientBase, 'query'>, packet: Packet): Promise<void> {
  await client.query('begin');
  for (const statement of packet) await client.query(statement);
  await client.query('commit');
}
