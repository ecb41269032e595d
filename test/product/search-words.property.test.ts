import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryWords, vocabularyOf, wordsOf } from '../../src/features/product/search-words.ts';
import { formsOf } from '../../src/features/product/word-forms.ts';

const runs = { numRuns: 300 };

/** Everyday words, so that the segmenter has something to recognise, and rare characters, so that it has not. */
const hanPiece = fc.oneof(
  fc.constantFrom('保温杯', '女鞋', '真皮', '不锈钢', '景德镇', '的', '茶', '儿童', '便携', '山茶花油'),
  fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
);
const han = fc.array(hanPiece, { minLength: 2, maxLength: 12 }).map((pieces) => pieces.join(''));
const english = fc
  .array(fc.constantFrom(...'aeiosxzchfyvnmru'), { minLength: 1, maxLength: 9 })
  .map((l) => l.join(''));
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 })
    .map((units) => String.fromCharCode(...units)),
);

const isFound = (query: string, text: string): boolean => {
  const words = new Set(wordsOf(text));
  return queryWords(query).every(({ tokens }) => tokens.every((token) => words.has(token)));
};

describe('search words', () => {
  it('find a Chinese text by any piece of it, wherever a dictionary would cut', () => {
    fc.assert(
      fc.property(han, fc.nat(), fc.nat(), (text, start, length) => {
        const from = start % (text.length - 1);
        const piece = text.slice(from, from + 2 + (length % (text.length - from - 1)));
        expect(queryWords(piece).length).toBeGreaterThan(0);
        expect(isFound(piece, text)).toBe(true);
      }),
      runs,
    );
  });

  it('find a text of both languages by any of its words, in any order', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['女鞋', 'cup', 'x9', '500', 'glasses', '茶']),
        english,
        (asked, other) => {
          expect(isFound([...asked, other].join(' '), `cup 茶glasses,X9 500-新女鞋 ${other}`)).toBe(true);
        },
      ),
      runs,
    );
  });

  it('relate singulars and plurals both ways', () => {
    fc.assert(
      fc.property(english, (word) => {
        for (const form of formsOf(word)) expect(formsOf(form)).toContain(word);
      }),
      runs,
    );
  });

  it('never throw, repeat nothing and keep to clean text, whatever they are given', () => {
    fc.assert(
      fc.property(odd, (text) => {
        for (const tokens of [
          wordsOf(text),
          queryWords(text).flatMap((term) => term.tokens),
          vocabularyOf(text),
        ]) {
          expect(tokens.every((token) => token !== '' && token.isWellFormed() && !token.includes('\0'))).toBe(
            true,
          );
        }
        expect(new Set(wordsOf(text)).size).toBe(wordsOf(text).length);
      }),
      runs,
    );
  });
});
