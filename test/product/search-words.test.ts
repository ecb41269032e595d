import { describe, expect, it } from 'vitest';
import {
  MAX_QUERY_TERMS,
  MAX_TOKENS,
  MAX_WORD_CHARS,
  queryWords,
  vocabularyOf,
  wordsOf,
} from '../../src/features/product/search-words.ts';

/** Whether a text with these words is found by the query: it has all tokens of all terms, and there are some. */
function finds(query: string, text: string): boolean {
  const words = new Set(wordsOf(text));
  const terms = queryWords(query);
  return terms.length > 0 && terms.every(({ tokens }) => tokens.every((token) => words.has(token)));
}

describe('the words of a text', () => {
  it('are characters, neighbours and long words in Chinese', () => {
    expect(wordsOf('不锈钢杯')).toEqual(['不', '锈', '钢', '杯', '不锈', '锈钢', '钢杯', '不锈钢']);
  });

  it('are words with their singulars and plurals in English, numbers as they are', () => {
    expect(wordsOf('2 Boxes')).toEqual(['2', 'boxes', 'boxe', 'box']);
  });

  it('are the same in full width, capitals, with accents and with either apostrophe', () => {
    expect(wordsOf('ＣＡＦÉ')).toEqual(wordsOf('cafe'));
    expect(wordsOf('Women’s')).toEqual(wordsOf("women's"));
  });

  it('hold no punctuation, emoji, control characters or halves of characters', () => {
    expect(wordsOf('🧧❤️ —\u0000\ud800… 1️⃣\udc00')).toEqual(['1']);
    expect(wordsOf('')).toEqual([]);
  });

  it('stay within their limits', () => {
    const han = Array.from({ length: 10_000 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
    expect(wordsOf(han).length).toBeLessThanOrEqual(MAX_TOKENS);
    expect(wordsOf('a'.repeat(10_000))).toEqual([
      'a'.repeat(MAX_WORD_CHARS),
      `${'a'.repeat(MAX_WORD_CHARS)}s`,
    ]);
    expect(queryWords('a b c d '.repeat(1000)).length).toBeLessThanOrEqual(MAX_QUERY_TERMS);
  });
});

describe('the terms of a query', () => {
  it('keep two Chinese characters together and cut longer runs into words', () => {
    expect(queryWords('女鞋')).toEqual([{ kind: 'han', tokens: ['女鞋'], word: '女鞋' }]);
    expect(queryWords('儿童玩具').map(({ word }) => word)).toEqual(['儿童', '玩具']);
  });

  it('do without fillers beside other words, not alone', () => {
    expect(queryWords('a mug for the coffee').map(({ word }) => word)).toEqual(['mug', 'coffee']);
    expect(queryWords('儿童的玩具').map(({ word }) => word)).toEqual(['儿童', '玩具']);
    expect(queryWords('The').map(({ word }) => word)).toEqual(['the']);
  });

  it('name a word once, and nothing where there is none', () => {
    expect(queryWords('cup Cup ＣＵＰ')).toHaveLength(1);
    expect(queryWords('!?🧧\ud83d')).toEqual([]);
  });
});

describe('a query', () => {
  it.each([
    ['女鞋', '新款女鞋真皮'],
    ['温杯', '不锈钢保温杯'],
    ['保温杯 不锈钢', '304不锈钢真空保温杯'],
    ['T恤', '纯棉Ｔ恤男'],
    ['berry', 'Dried Berries'],
    ['berries', 'dried berry'],
    ['hoodies', 'Grey hoodie'],
    ['cookie', 'Cookies'],
    ['sizes', 'any size'],
    ['watches', 'Wrist Watch'],
    ['headache', 'headaches'],
    ['knives', 'bread knife'],
    ['tomato', 'tomatoes'],
    ['lenses', 'lens'],
    ['dress', 'Summer Dresses'],
    ['women', "Women's coat"],
    ['500 ml', '水杯500ML'],
    ['500ml', 'bottle 500 ml'],
    ['iphone6', 'case for iPhone 6'],
  ])('%s finds %s', (query, text) => expect(finds(query, text)).toBe(true));

  it.each([
    ['鞋女', '新款女鞋真皮'],
    ['tap', 'sticky tape'],
    ['a4', 'a box of 4'],
    ['mug red', 'mug blue'],
    ['!', 'anything!'],
  ])('%s does not find %s', (query, text) => expect(finds(query, text)).toBe(false));
});

describe('the vocabulary of a text', () => {
  it('is its words of letters as written, without made forms, numbers or Chinese', () => {
    expect(vocabularyOf('Blue Boxes 蓝色 iPhone15 2x')).toEqual(['blue', 'boxes', 'iphone', 'x']);
  });
});
