import type { DocumentNode } from 'graphql';
import type { Level } from './plan-levels.ts';

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of the caller's own query
type Data = any;
type Row = Readonly<Record<string, unknown>>;

/** Asks one document as the caller. Throws where it is answered with errors. */
export type Ask = (document: DocumentNode, variables: Readonly<Record<string, unknown>>) => Promise<Data>;

/** Some more of an export. */
export interface Piece {
  /** Rows as JSON, without their ends of line. */
  readonly lines: readonly string[];
  /** The cursor after which another worker may go on, when all before it was given. */
  readonly reached?: string;
}

interface PageOfRows {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const PAGE_ROWS = 100;
/** Of so many rows above at once, so many rows each: a thousand in memory at most on each level. */
const PARENTS = 20;
const ROWS_EACH = 50;

/** Gives the rows of an export, each after the row that it lies below, in pages. */
export async function* walkLevels(root: Level, ask: Ask, from: string | null): AsyncGenerator<Piece> {
  let after = from;
  for (;;) {
    const page = pageAt(await ask(root.document, { first: PAGE_ROWS, after }), root.path);
    if (page === undefined) return;
    yield { lines: page.nodes.map((row) => JSON.stringify(row)) };
    yield* walkBelow(root, page.nodes, ask);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage || after === null) return;
    yield { lines: [], reached: after };
  }
}

async function* walkBelow(level: Level, rows: readonly Row[], ask: Ask): AsyncGenerator<Piece> {
  if (level.below.length === 0) return;
  for (let i = 0; i < rows.length; i += PARENTS) {
    const ids = rows.slice(i, i + PARENTS).map(({ id }) => String(id));
    for (const nested of level.below) yield* walkNested(nested, ids, ask);
  }
}

/** The first rows below each of several rows, and then what there is more, one after the other. */
async function* walkNested(level: Level, ids: readonly string[], ask: Ask): AsyncGenerator<Piece> {
  const { nodes } = await ask(level.document, { ids, first: ROWS_EACH });
  const more: { readonly id: string; readonly after: string | null }[] = [];
  const rows: Row[] = [];
  for (const [i, id] of ids.entries()) {
    const page = pageAt(nodes[i], level.path);
    rows.push(...(page?.nodes ?? []).map((row) => ({ ...row, __parentId: id })));
    if (page?.pageInfo.hasNextPage) more.push({ id, after: page.pageInfo.endCursor });
  }
  yield* given(level, rows, ask);
  for (const { id, after } of more) yield* walkRest(level, id, after, ask);
}

async function* walkRest(level: Level, id: string, from: string | null, ask: Ask): AsyncGenerator<Piece> {
  let after = from;
  for (;;) {
    const { nodes } = await ask(level.document, { ids: [id], first: PAGE_ROWS, after });
    const page = pageAt(nodes[0], level.path);
    if (page === undefined) return;
    yield* given(
      level,
      page.nodes.map((row) => ({ ...row, __parentId: id })),
      ask,
    );
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage || after === null) return;
  }
}

async function* given(level: Level, rows: readonly Row[], ask: Ask): AsyncGenerator<Piece> {
  yield { lines: rows.map((row) => JSON.stringify(row)) };
  yield* walkBelow(level, rows, ask);
}

/** The page at the end of a path; undefined where something on the way is null. */
function pageAt(data: Data, path: readonly string[]): PageOfRows | undefined {
  let at = data;
  for (const key of path) at = at?.[key];
  return at ?? undefined;
}
