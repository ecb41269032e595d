import { isNode, nodesOf, type Source, type SyntaxNode } from './source.ts';

const MONEY = /Minor$/;
const MONEY_OR_RATE = /(Minor|Bp)$/;

/** Places where an amount or a rate could become a float (style.md, rule 5). Only features and the kernel are asked. */
export function floatProblems({ path, program }: Source): string[] {
  if (!/^src\/(features|kernel)\//.test(path)) return [];
  const problems = new Set<string>();
  for (const { node } of nodesOf(program)) {
    const danger = node.type === 'CallExpression' ? dangerOf(node) : undefined;
    if (danger !== undefined) problems.add(`${path}: ${danger}`);
  }
  return [...problems];
}

function dangerOf(call: SyntaxNode): string | undefined {
  const called = calledName(call.callee);
  if (called === 'parseFloat' || called === 'Number.parseFloat') return 'parseFloat';
  const names = identifiersOf(call.arguments);
  const amount = names.find((name) => MONEY.test(name));
  if (called === 'Number' && amount !== undefined) return `Number(${amount})`;
  const exact = names.find((name) => MONEY_OR_RATE.test(name));
  if (called.startsWith('Math.') && exact !== undefined) return `${called}(${exact})`;
  return undefined;
}

/** `a` or `a.b`; empty for anything longer. */
function calledName(callee: unknown): string {
  if (!isNode(callee)) return '';
  if (callee.type === 'Identifier') return String(callee.name);
  const { object, property } = callee;
  if (!isNode(object) || !isNode(property) || object.type !== 'Identifier') return '';
  return `${object.name}.${property.name}`;
}

function identifiersOf(args: unknown): string[] {
  const nodes = Array.isArray(args) ? args.filter(isNode) : [];
  return nodes
    .flatMap((arg) => [...nodesOf(arg)])
    .filter(({ node }) => node.type === 'Identifier')
    .map(({ node }) => String(node.name));
}
