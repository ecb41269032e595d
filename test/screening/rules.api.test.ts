import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  callers,
  clock,
  creatorId,
  days,
  entered,
  found,
  NOW,
  openScreening,
  world,
} from './screening-scene.ts';

openScreening();

const RULE = 'code severity reason terms near within unless onlyCategoryIds exceptCategoryIds';
const rule = (more: object = {}) => ({ code: 'MOON', reason: '月亮', terms: ['登月同款'], ...more });
const change = (rules: object[], caller = callers.operator) =>
  act(caller, 'claimRulesChange', { rules }, `id version validFrom rules { ${RULE} }`);
const inForce = async (): Promise<Json> =>
  (await callers.operator.query(`{ claimRules { id version rules { ${RULE} } } }`)).data.claimRules;

const TRY = `query ($text: String!, $categoryId: ID, $rules: [ClaimRuleInput!]) {
  claimRulesTry(text: $text, categoryId: $categoryId, rules: $rules) { field code severity reason from to text } }`;
const tried = (variables: object, caller = callers.operator) => caller.query(TRY, variables);
const codeOf = (answer: Json) => answer.errors?.[0]?.extensions.code;

describe('the rules', () => {
  it('are seven at first, of laws and of habits, and for operators alone', async () => {
    const { version, rules } = await inForce();
    expect(version).toBe(1);
    expect(rules.map(({ code }: Json) => code)).toEqual([
      'SUPERLATIVE',
      'LOWEST_PRICE',
      'FIRST_RANK',
      'UNIQUE',
      'STATE',
      'CURE',
      'GUARANTEED_EFFECT',
    ]);
    for (const caller of [callers.brand, callers.creator]) {
      for (const query of ['claimRules { id }', 'claimRulesHistory { nodes { id } }'])
        expect(codeOf(await caller.query(`{ ${query} }`))).toBe('FORBIDDEN');
      expect(codeOf(await tried({ text: 'x' }, caller))).toBe('FORBIDDEN');
      expect(said(await change([rule()], caller))).toBe('FORBIDDEN');
    }
  });

  it('change as a whole from now on; versions are kept', async () => {
    const { rules } = await inForce();
    clock.set(days(1));
    const { result } = await change([...rules, rule()]);
    expect(result).toMatchObject({ version: 2, validFrom: days(1) });
    expect(result.rules.at(-1)).toEqual({
      ...rule(),
      severity: 'REVIEW',
      near: [],
      within: 0,
      unless: [],
      onlyCategoryIds: [],
      exceptCategoryIds: [],
    });
    await entered('登月同款苹果');
    expect((await found())[0].hits).toMatchObject([{ code: 'MOON', text: '登月同款' }]);
    expect(said(await change([...rules, rule()]))).toBe('InvalidInput');
    clock.set(days(2));
    expect((await change(rules)).result.version).toBe(3);
    const { data } = await callers.operator.query(
      '{ claimRulesHistory(first: 2) { nodes { version validFrom validTo } pageInfo { hasNextPage } } }',
    );
    expect(data.claimRulesHistory).toEqual({
      nodes: [
        { version: 3, validFrom: days(2), validTo: null },
        { version: 2, validFrom: days(1), validTo: days(2) },
      ],
      pageInfo: { hasNextPage: true },
    });
  });

  it('of two operators who change them at once follow each other', async () => {
    const { rules } = await inForce();
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => change([...rules, rule({ code: `MOON_${n}` })])),
    );
    const versions = answers.map(({ result }) => result.version).sort((a, b) => a - b);
    expect(versions).toEqual([0, 1, 2, 3].map((n) => versions[0] + n));
    await change(rules);
  });

  it('that are wrong are refused by their places, all at once, and change nothing', async () => {
    const { version } = await inForce();
    const { userErrors, result } = await change([
      rule(),
      rule({ terms: ['好', '(a|b', '((a|b)|c)', '##', 'a~b~c~d~e', '', 'x'.repeat(201), 'a\u0000b'] }),
      rule({ code: 'lower case', reason: ' ', terms: [] }),
      rule({ code: 'NEAR', near: ['销量'] }),
      rule({ code: 'WITHIN', within: 5 }),
      rule({ code: 'FAR', near: ['(a)'], within: 101, unless: ['|'] }),
    ]);
    expect(result).toBeNull();
    const paths = userErrors.map(({ path }: Json) => path.slice(2).join('.'));
    expect([...new Set(paths)].sort()).toEqual(
      [
        '1.code',
        ...['1', '2', '3', '4', '5', '6', '7'].map((i) => `1.terms.${i}`),
        '2.code',
        '2.reason',
        '2.terms',
        '3.within',
        '4.within',
        '5.near.0',
        '5.unless.0',
        '5.within',
      ].sort(),
    );
    const foreign = await change([
      rule({ onlyCategoryIds: [toGlobalId('Category', creatorId)] }),
      rule({
        code: 'B',
        exceptCategoryIds: ['nonsense', toGlobalId('Category', await world.leafCategory())],
      }),
    ]);
    expect(foreign.userErrors.map(({ path }: Json) => path.join('.'))).toEqual([
      'input.rules.0.onlyCategoryIds',
      'input.rules.1.exceptCategoryIds',
    ]);
    expect((await inForce()).version).toBe(version);
  });

  it('are only so many, of so many terms', async () => {
    const many = (count: number, terms: number) =>
      Array.from({ length: count }, (_, i) =>
        rule({ code: `R${i}`, terms: Array.from({ length: terms }, (_, j) => `词${i}语${j}`) }),
      );
    expect((await change(many(101, 1))).userErrors.map(({ path }: Json) => path)).toEqual([
      ['input', 'rules'],
    ]);
    expect((await change(many(1, 51))).userErrors.map(({ path }: Json) => path)).toEqual([
      ['input', 'rules', '0', 'terms'],
    ]);
    expect((await change(many(41, 25))).userErrors.map(({ path }: Json) => path)).toEqual([
      ['input', 'rules'],
    ]);
  });
});

describe('trying rules', () => {
  it('tells what those in force find, and where in the original text, and keeps nothing', async () => {
    const text = '🍎好苹果，销量全國 第 ① ！';
    const { data } = await tried({ text });
    expect(data.claimRulesTry).toMatchObject([{ field: 'text', code: 'FIRST_RANK' }]);
    const [{ from, to, text: hit }] = data.claimRulesTry;
    expect([text.slice(from, to), hit]).toEqual(['销量全國 第 ①', '销量全國 第 ①']);
    expect(await found()).toEqual([]);
  });

  it('tells what others would find, in a category or in none', async () => {
    const categoryId = toGlobalId('Category', await world.leafCategory());
    const rules = [rule({ onlyCategoryIds: [categoryId], severity: 'BLOCK' })];
    const text = '登-月-同-款';
    expect((await tried({ text, rules })).data.claimRulesTry).toEqual([]);
    expect((await tried({ text, rules, categoryId })).data.claimRulesTry).toEqual([
      { field: 'text', code: 'MOON', severity: 'BLOCK', reason: '月亮', from: 0, to: 7, text },
    ]);
    expect((await tried({ text: '全网第一', rules: [] })).data.claimRulesTry).toEqual([]);
  });

  it('refuses what is no text, no category and no rule', async () => {
    expect(codeOf(await tried({ text: 'x'.repeat(10_001) }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await tried({ text: 'a\u0000b' }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await tried({ text: 'x', categoryId: toGlobalId('Category', creatorId) }))).toBe(
      'NOT_FOUND',
    );
    const wrong = await tried({ text: 'x', rules: [rule({ terms: ['(a'] })] });
    expect([codeOf(wrong), wrong.errors?.[0]?.message]).toEqual([
      'BAD_USER_INPUT',
      'rules.0.terms.0: A group is (one|another), without a group in it.',
    ]);
  });

  it('takes as many rules as there may be on as long a text as there may be in bounded time', async () => {
    const slow = Array.from({ length: 8 }, (_, i) => `(最|顶|全网)~(级|好)~(${i}|一)~(强|佳)`);
    const most = (i: number) => Array.from({ length: 24 }, (_, j) => `(最|顶|全网)(级|好|${i})(${j}|佳)`);
    const rules = Array.from({ length: 41 }, (_, i) =>
      rule({ code: `R${i}`, terms: i > 0 ? most(i) : slow }),
    );
    const more = rule({ code: 'MORE', terms: [...slow, '最~好~一~强'] });
    expect((await tried({ text: 'x', rules: [rule({ terms: slow }), more] })).errors?.[0]?.message).toContain(
      'takes too long',
    );
    for (const text of ['最好'.repeat(5_000), '全网顶级一强'.repeat(1_666), 'l0se1 '.repeat(1_600)]) {
      const before = process.cpuUsage();
      const { data, errors } = await tried({ text, rules });
      expect(errors).toBeUndefined();
      expect(data.claimRulesTry.length).toBeLessThanOrEqual(100);
      // Of this process, which is the server too: others may keep the machine busy.
      expect(process.cpuUsage(before).user / 1000).toBeLessThan(4_000);
    }
  });
});

it('the rules are there from the beginning of time', async () => {
  clock.set('2001-01-01T00:00:00.000Z');
  expect((await inForce()).rules.length).toBeGreaterThan(0);
  clock.set(NOW);
});
