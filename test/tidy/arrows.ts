import { posix } from 'node:path';
import { isNode, nodesOf, type Source } from './source.ts';

/** The features in a row: each may import those before it. Style.md, "Layout". */
export const FEATURES: readonly string[] = [
  'account',
  'brand',
  'creator',
  'agency',
  'contract',
  'product',
  'plan',
  'campaign',
  'promotion',
  'order',
  'commission',
  'settlement',
  'payout',
];
/** They import any of the row, and nothing imports them. */
export const LEAVES: readonly string[] = [
  'sample',
  'engagement',
  'block',
  'trust',
  'screening',
  'live',
  'traffic',
  'source',
  'boost',
  'occasion',
  'sharing',
  'attribution',
  'insight',
  'feed',
  'statement',
  'sandbox',
  'bulk',
  'audit',
  'webhook',
];
/** Imports no feature. */
export const LEDGER = 'ledger';
const LEDGER_USERS = ['commission', 'settlement', 'payout', ...LEAVES];

const KERNEL = ['kernel'];
const DB = [...KERNEL, 'db'];
/** Knows nothing of the alliance: it could be anybody's. */
const BREADTH = ['breadth'];
const GRAPHQL = [...DB, ...BREADTH, 'graphql'];
const FEATURE = [...GRAPHQL, 'features'];
const SERVER = [...FEATURE, 'entities', 'checks', 'server'];
/** Of each folder (or file) directly below src, which of them it may import. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  kernel: KERNEL,
  db: DB,
  breadth: BREADTH,
  graphql: GRAPHQL,
  features: FEATURE,
  entities: FEATURE,
  checks: [...FEATURE, 'checks'],
  server: SERVER,
  worker: [...FEATURE, 'worker'],
  cli: [...SERVER, 'worker', 'cli', 'seeds'],
  main: [...SERVER, 'worker', 'cli', 'seeds'],
  alliance: ['cli'],
};

/** Imports of our own files that go against the arrows. Packages are free. */
export function arrowProblems(source: Source): string[] {
  if (!source.path.startsWith('src/')) return [];
  const problems: string[] = [];
  for (const specifier of importsOf(source)) {
    if (!specifier.startsWith('.')) continue;
    const to = posix.join(posix.dirname(source.path), specifier);
    const why = objection(source.path, to);
    if (why !== undefined) problems.push(`${source.path}: imports ${to}, but ${why}`);
  }
  return problems;
}

/** Every module that a file names in an import, an export, a dynamic import or the type of one. */
export function importsOf({ program }: Source): string[] {
  const specifiers = new Set<string>();
  for (const { node } of nodesOf(program)) {
    const names = /^(Import|Export)|^TSImportType$|^TSExternalModuleReference$/.test(node.type);
    const module = names ? (node.source ?? node.expression) : undefined;
    if (isNode(module) && typeof module.value === 'string') specifiers.add(module.value);
  }
  return [...specifiers];
}

function objection(from: string, to: string): string | undefined {
  const layer = layerOf(from);
  const allowed = LAYERS[layer];
  if (allowed === undefined) return `src/${layer} has no place in the layout`;
  if (!allowed.includes(layerOf(to))) return `${layer} may import only ${allowed.join(', ')}`;
  if (layer === 'features' && layerOf(to) === 'features') return featureObjection(from, to);
  return undefined;
}

function featureObjection(from: string, to: string): string | undefined {
  const [, , feature = ''] = from.split('/');
  const [, , other = ''] = to.split('/');
  if (feature === other) return undefined;
  if (!mayImport(feature, other)) return `${feature} may not know ${other}`;
  return to === `src/features/${other}/index.ts`
    ? undefined
    : 'another feature is imported through its index.ts';
}

function mayImport(feature: string, other: string): boolean {
  if (other === LEDGER) return LEDGER_USERS.includes(feature);
  if (!FEATURES.includes(other)) return false;
  return LEAVES.includes(feature) || FEATURES.indexOf(other) < FEATURES.indexOf(feature);
}

/** `src/db/pool.ts` lies in db, `src/main.ts` in main, `seeds/demo.ts` in seeds. */
function layerOf(path: string): string {
  const [top = '', below = ''] = path.split('/');
  return top === 'src' ? below.replace(/\.\w+$/, '') : top;
}
