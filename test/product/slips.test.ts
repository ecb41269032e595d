import { describe, expect, it } from 'vitest';
import {
  MAX_CORRECTIONS,
  rankCorrections,
  slipsAllowed,
  slipsBetween,
} from '../../src/features/product/slips.ts';

const known = (...words: readonly string[]) => words.map((word) => ({ word, frequency: 1 }));
const corrected = (misspelt: string, ...words: readonly string[]) =>
  rankCorrections(misspelt, known(...words)).map(({ word }) => word);

describe('slips', () => {
  it.each([
    ['lantern', 'lantern', 0],
    ['lantren', 'lantern', 1],
    ['lanten', 'lantern', 1],
    ['lanttern', 'lantern', 1],
    ['lamtern', 'lantern', 1],
    ['lamtren', 'lantern', 2],
    ['ca', 'abc', 3],
    ['', 'ab', 2],
  ])('between %s and %s are %i', (a, b, slips) => expect(slipsBetween(a, b, 9)).toBe(slips));

  it('are allowed by length, and not in numbers and model names', () => {
    const words = ['mug', 'lamp', 'plate', 'mirror', 'ab12cd', '1234567', ''];
    expect(words.map(slipsAllowed)).toEqual([0, 1, 1, 2, 0, 0, 0]);
  });
});

describe('the corrections of a word', () => {
  it('are those within reach', () => {
    expect(corrected('lantren', 'lantern', 'lattern', 'latrine', 'latex')).toEqual(['lantern', 'lattern']);
    expect(corrected('palte', 'plate', 'paltry', 'slate')).toEqual(['plate']);
    expect(corrected('mgu', 'mug')).toEqual([]);
  });

  it('go by slips, then the first letter, then frequency, then the alphabet', () => {
    const words = [
      { word: 'coat', frequency: 1 },
      { word: 'boat', frequency: 50 },
      { word: 'boot', frequency: 9 },
      { word: 'beat', frequency: 9 },
      { word: 'goat', frequency: 99 },
    ];
    expect(rankCorrections('boat', words).map(({ word }) => word)).toEqual(['boat', 'beat', 'boot']);
    expect(rankCorrections('bost', words)[0]).toEqual({ word: 'boat', frequency: 50, slips: 1 });
  });

  it('are few', () => {
    expect(corrected('lantern', 'lanterna', 'lanternb', 'lanternc', 'lanternd')).toHaveLength(
      MAX_CORRECTIONS,
    );
  });

  it('need no well-formed text', () => {
    expect(corrected('\ud800\ud800\ud800\ud800', 'lamp', '\udc00', '🧧🧧🧧🧧')).toEqual([]);
  });
});
