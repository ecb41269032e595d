import { isNode, nodesOf, type Source, type SyntaxNode } from './source.ts';

/** Rule 4 of style.md. */
export const MAX_FILE_LINES = 400;
export const MAX_FUNCTION_LINES = 70;
export const MAX_LINE_CHARS = 140;

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** What of a file is larger than the limits. It names no line numbers, so that an exception outlives other edits. */
export function sizeProblems({ path, text, program }: Source): string[] {
  const problems: string[] = [];
  const lines = text.replace(/\n$/, '').split('\n');
  if (lines.length > MAX_FILE_LINES) problems.push(`${path}: file of more than ${MAX_FILE_LINES} lines`);
  if (lines.some((line) => [...line].length > MAX_LINE_CHARS)) {
    problems.push(`${path}: line of more than ${MAX_LINE_CHARS} characters`);
  }
  for (const { node, parents } of nodesOf(program)) {
    if (!FUNCTIONS.has(node.type) || isSuite(parents.at(-1))) continue;
    const length = text.slice(node.start, node.end).split('\n').length;
    if (length > MAX_FUNCTION_LINES) {
      problems.push(
        `${path}: function ${nameOf(node, parents.at(-1))} of more than ${MAX_FUNCTION_LINES} lines`,
      );
    }
  }
  return problems;
}

/** `describe(…)`, also with `.each(…)` and the like: a suite is a list of tests and no function to be read at once. */
function isSuite(parent: SyntaxNode | undefined): boolean {
  if (parent?.type !== 'CallExpression') return false;
  let callee: unknown = parent.callee;
  while (isNode(callee) && callee.type !== 'Identifier')
    callee = callee.callee ?? callee.object ?? callee.tag;
  return isNode(callee) && callee.name === 'describe';
}

function nameOf(node: SyntaxNode, parent: SyntaxNode | undefined): string {
  for (const named of [node.id, parent?.id, parent?.key]) {
    if (isNode(named) && typeof named.name === 'string') return named.name;
  }
  return 'without a name';
}
