import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseSync } from 'vite';

/** A node of the syntax tree as the parser of Vite (oxc) gives it; the tests only look at what they name. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** One source file, read and parsed. */
export interface Source {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
}

const CODE = /\.(ts|tsx|mts|js|mjs)$/;
/** Made by a tool, and held fresh by a test. */
const GENERATED = /\/generated\//;
/** Not ours: the peers of the benchmark. */
const PACKAGES = /\/node_modules\//;

/** Parses a file's text. Throws an error that names the file when it is not valid. */
export function sourceOf(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  return { path, text, program: program as unknown as SyntaxNode };
}

/** The paths of all files of code below the folders, which are named from the repository's root. */
export function codeBelow(...folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .map((path) => path.split(sep).join('/'))
    .filter((path) => CODE.test(path) && !GENERATED.test(path) && !PACKAGES.test(path))
    .sort();
}

/** Reads and parses a file of the repository. */
export const readSource = (path: string): Source => sourceOf(path, readFileSync(path, 'utf8'));

/** All nodes at and below one, each with its parents, the nearest last. */
export function* nodesOf(
  node: SyntaxNode,
  parents: readonly SyntaxNode[] = [],
): Generator<{ node: SyntaxNode; parents: readonly SyntaxNode[] }> {
  yield { node, parents };
  const below = [...parents, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* nodesOf(child, below);
    }
  }
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
