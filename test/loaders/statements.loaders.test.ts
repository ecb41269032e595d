import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeStatements } from '../../src/features/statement/index.ts';
import type { Json } from '../kit/alliance.ts';
import { type Scene, statementScene } from '../statement/scene.ts';
import { noon } from '../statement/statement-world.ts';

let scene: Scene;
const MANY = 20;

beforeAll(async () => {
  scene = await statementScene({ orders: 80 });
  // The balance alone makes a statement for each further month.
  await makeStatements(scene.alliance.database, { now: noon('2028-06-01') });
});
afterAll(() => scene.alliance.close());

interface Budget {
  readonly name: string;
  readonly atMost: number;
  readonly query: (first: number) => string;
  readonly nodes: (data: Json) => Json[];
}

const BUDGETS: Budget[] = [
  {
    name: 'creator, statements with accounts, totals, party, a line and the addresses of all files',
    atMost: 8,
    query: (first) => `{ viewer { creator { statements(first: ${first}) { nodes {
      number party { name } accounts { kind closingBalance { amount } } totals { kind in { amount } }
      lines(first: 1) { nodes { kind } } csvUrl orderLinesCsvUrl jsonUrl pageUrl } } } } }`,
    nodes: (data) => data.viewer.creator.statements.nodes,
  },
  {
    name: 'operator, statements of all parties',
    atMost: 3,
    query: (first) => `{ statements(first: ${first}) { nodes { number party { name } totals { kind } } } }`,
    nodes: (data) => data.statements.nodes,
  },
];

describe('statements of a list of statements', () => {
  it.each(BUDGETS)('$name: $atMost at most, as many for one as for twenty', async (budget) => {
    const caller = budget.name.startsWith('operator') ? scene.operator : scene.creator;
    const ask = async (first: number) => {
      const { data, errors, statements } = await caller.query(budget.query(first));
      expect(errors).toBeUndefined();
      expect(budget.nodes(data)).toHaveLength(first);
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(MANY)];
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(budget.atMost);
  });

  it('lines with their order lines: five at most, as many for one as for twenty', async () => {
    const ask = async (first: number) => {
      const { data, errors, statements } = await scene.creator.query(
        `{ statement(number: "GA-2026-07-000003") { lines(first: ${first}) { nodes { counterpart { name }
          orderLines(first: 3) { nodes { orderNo net { amount } orderLine { orderNo } } } } } } }`,
      );
      expect(errors).toBeUndefined();
      expect(data.statement.lines.nodes).toHaveLength(first);
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(MANY)];
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(5);
  });
});
