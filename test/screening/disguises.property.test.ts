import { describe, expect, it } from 'vitest';
import type { ClaimRule } from '../../src/features/screening/claim-rule.ts';
import { compileRules, findClaims } from '../../src/features/screening/find-claims.ts';
import { termProblem } from '../../src/features/screening/term.ts';

const ROUNDS = 2_000;

const ruleOf = (more: Partial<ClaimRule>): ClaimRule => ({
  code: 'R',
  severity: 'REVIEW',
  reason: 'Because',
  terms: [],
  near: [],
  within: 0,
  unless: [],
  onlyCategoryIds: [],
  exceptCategoryIds: [],
  ...more,
});
const find = (more: Partial<ClaimRule>, text: string, path?: string[]) =>
  findClaims(compileRules([ruleOf(more)]), text, path).map(({ text: found }) => found);

/** Numbers from 0 to below 1 that are the same on every run. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const GLUE = ['', '', ' ', '  ', '\u200b', '\u200d', '\u2060', '\u00ad', '·', '*', '_', '/', '…', '，', '🔥'];
const OTHERS: Readonly<Record<string, string>> = {
  国: '國',
  级: '級',
  顶: '頂',
  绝: '絕',
  a: 'а@ａ',
  e: 'е3ｅ',
  i: 'іı1',
  o: 'о0ｏ',
  s: 'ѕ5ｓ',
};

function disguise(random: Random, claim: string, glue: readonly string[]): string {
  return [...claim]
    .map((char) => {
      const others = [char, char, char.toUpperCase(), ...(OTHERS[char] ?? '')];
      return pick(random, others);
    })
    .reduce((text, char) => text + pick(random, glue) + char);
}

describe('disguises', () => {
  it('hide no Chinese words', () => {
    const random = mulberry(1);
    for (let i = 0; i < ROUNDS; i++) {
      const claim = pick(random, ['国家级', '顶级', '绝对有效', '全网最低价']);
      const hidden = disguise(random, claim, GLUE);
      expect(find({ terms: [claim] }, `新款${hidden}洗发水`), hidden).toEqual([hidden]);
    }
  });

  it('hide no English words', () => {
    const random = mulberry(2);
    const zeroWidth = GLUE.slice(4, 8);
    for (let i = 0; i < ROUNDS; i++) {
      const claim = pick(random, ['miracle', 'guaranteed', 'best', 'cures']);
      // A sign is a letter only between Latin letters, so that letters with glue between them keep theirs.
      const hidden = disguise(random, claim, ['', '', '', ...zeroWidth]).replaceAll('@', 'а');
      expect(find({ terms: [claim] }, `A ${hidden}, really`), hidden).toEqual([hidden]);
    }
  });

  it('are not seen where there are none: a word inside of another is none', () => {
    expect(find({ terms: ['best', 'cure', 'no1'] }, 'club estate, manicure, No. 12, secure d')).toEqual([]);
    expect(find({ terms: ['best'] }, 'b-e-s-t be st b3st BEST bеst b\u200best bést bbbest')).toHaveLength(8);
    expect(find({ terms: ['第1'] }, '第 １ 第① 第10')).toEqual(['第 １', '第①']);
    expect(find({ terms: ['第一'] }, '第—名 第-款')).toEqual(['第—', '第-']);
    expect(find({ terms: ['神药'] }, 'ネ申药')).toEqual(['ネ申药']);
  });
});

describe('a rule', () => {
  it('may name one of several, a figure and a gap', () => {
    const terms = ['瘦#(斤|公斤)', '全国~第(一|1)', 'lose # (kg|pounds)'];
    expect(find({ terms }, '七天瘦20斤')).toEqual(['瘦20斤']);
    expect(find({ terms }, '全国销量排名第一')).toEqual(['全国销量排名第一']);
    expect(find({ terms }, '全国各地的朋友们大家都来买这个第一')).toEqual([]);
    expect(find({ terms }, 'l0se 2O pounds')).toEqual(['l0se 2O pounds']);
  });

  it('may ask for another word near by, and be lifted by a phrase', () => {
    const rule = { terms: ['第一'], near: ['销量', '口碑'], within: 4, unless: ['第一次'] };
    expect(find(rule, '销量第一')).toEqual(['第一']);
    expect(find(rule, '第一的口碑')).toEqual(['第一']);
    expect(find(rule, '销量好的第一次')).toEqual([]);
    expect(find(rule, '第一款蓝色的新鞋，销量')).toEqual([]);
  });

  it('is near, or lifted, just where each two places say so', () => {
    const random = mulberry(3);
    for (let i = 0; i < ROUNDS; i++) {
      const text = Array.from({ length: 1 + Math.floor(random() * 24) }, () =>
        pick(random, ['甲', '乙', '丙']),
      ).join('');
      const within = 1 + Math.floor(random() * 4);
      const places = (word: string) =>
        [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => ({
          start: index,
          end: index + word.length,
        }));
      const lifted = [...places('甲乙'), ...places('丙甲丙')];
      const near = places('乙丙');
      const expected = places('甲').filter(
        ({ start, end }) =>
          !lifted.some((it) => it.start <= start && end <= it.end) &&
          near.some((it) => Math.max(0, it.start - end, start - it.end) <= within),
      );
      const rule = { terms: ['甲'], near: ['乙丙'], within, unless: ['甲乙', '丙甲丙'] };
      const found = findClaims(compileRules([ruleOf(rule)]), text).map(({ from }) => from);
      // Three times the same letter are read as one: such texts are for another test.
      if (!/(.)\1\1/.test(text)) expect(found, text).toEqual(expected.map(({ start }) => start));
    }
  });

  it('may hold in some categories only, or in all but some', () => {
    const terms = ['降压'];
    expect(find({ terms, onlyCategoryIds: ['food'] }, '降压', ['food', 'tea'])).toEqual(['降压']);
    expect(find({ terms, onlyCategoryIds: ['food'] }, '降压', ['health'])).toEqual([]);
    expect(find({ terms, exceptCategoryIds: ['food'] }, '降压', ['food', 'tea'])).toEqual([]);
    expect(find({ terms, exceptCategoryIds: ['food'] }, '降压')).toEqual(['降压']);
  });

  it('has terms that say something, and no other pattern than these', () => {
    expect(['顶级', '(a|b)c', 'a~b', '#天', '(上|)最'].map(termProblem)).toEqual(Array(5).fill(undefined));
    const wrong = ['', ' ', '(a', 'a|b', '((a|b)|c)', '(a)', '~a', 'a~', '##', 'a~b~c~d~e', '(a|)', '()'];
    expect(wrong.filter((term) => termProblem(term) === undefined)).toEqual([]);
    expect(find({ terms: ['a.c'] }, 'abc a.c ac')).toEqual(['a.c', 'ac']);
  });

  it('takes no longer for a text that is made to take long', () => {
    const rule = { terms: ['(顶|最)~(级|好)~(一|二)', '瘦#斤', 'lose #kg'] };
    const before = process.cpuUsage();
    const many = { terms: ['最', '好'], near: ['坏'], within: 1, unless: ['最最', '好好'] };
    for (const text of ['最'.repeat(10_000) + '坏'.repeat(10_000), '最好'.repeat(10_000)])
      for (let i = 0; i < 3; i++) find(many, text);
    for (const piece of ['顶', '最级', '瘦1', 'l0se1', '(((', '\u200b'])
      find(rule, piece.repeat(Math.floor(20_000 / piece.length)));
    // Of this process alone: others may keep the machine busy.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3_000);
  });
});
