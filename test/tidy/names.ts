import { FEATURES, LEAVES, LEDGER } from './arrows.ts';

const FILE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.(entity|access|loaders|types|resolver|relations))?\.ts$/;

/** A file below src/features that is in no feature of the layout, deeper than its folder, or of no known kind. */
export function nameProblems(path: string): string[] {
  if (!path.startsWith('src/features/')) return [];
  const [feature = '', file = '', ...deeper] = path.split('/').slice(2);
  const known = [...FEATURES, ...LEAVES, LEDGER].includes(feature);
  if (!known || file === '') return [`${path}: in no feature of the layout`];
  if (deeper.length > 0) return [`${path}: a feature has no folders`];
  return FILE.test(file) ? [] : [`${path}: no name that a file of a feature may have`];
}

const TOP = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'schema',
  'src',
  'seeds',
  'test',
  'docs',
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
]);
/** What tools leave behind and git does not see. */
const LEFT_BY_TOOLS = /^(node_modules|dist|coverage|.*\.log)$/;

/** A name at the top of the repository that does not belong there. */
export function topProblems(name: string): string[] {
  const allowed = TOP.has(name) || name.startsWith('.') || LEFT_BY_TOOLS.test(name);
  return allowed ? [] : [`${name}: does not belong at the top`];
}
