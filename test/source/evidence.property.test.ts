import { describe, expect, it } from 'vitest';
import { SOURCE_KINDS } from '../../src/features/product/index.ts';
import { DOCUMENT_KINDS, NEEDED } from '../../src/features/source/evidence.ts';
import { type DocumentKind, expiryOf, proves } from '../../src/features/source/index.ts';
import { STORY_MACHINE, type StoryState } from '../../src/features/source/story-state.ts';
import { mayMove } from '../../src/kernel/transitions.ts';

const DAY_MS = 86_400_000;
const at = (day: number): Date => new Date(day * DAY_MS);

describe('evidence', () => {
  it('ends with the first document that does: at no moment of a story has any of its documents ended', () => {
    // Every set of three ends out of never and six days.
    const ends = [null, 1, 2, 3, 4, 5, 6];
    for (const a of ends)
      for (const b of ends)
        for (const c of ends) {
          const documents = [a, b, c].map((day) => ({
            issuedAt: at(0),
            expiresAt: day === null ? null : at(day),
          }));
          const until = expiryOf(documents);
          for (let day = 0; day <= 7; day++) {
            const holds = until === null || at(day) < until;
            const allHold = documents.every(({ expiresAt }) => expiresAt === null || at(day) < expiresAt);
            expect(holds).toBe(allHold);
          }
        }
  });

  it('of every set of kinds proves a story exactly when one of those that it needs is among them', () => {
    for (const kind of SOURCE_KINDS) {
      for (let set = 0; set < 2 ** DOCUMENT_KINDS.length; set++) {
        const kinds = DOCUMENT_KINDS.filter((_, i) => (set & (1 << i)) !== 0);
        const documents = kinds.map((each: DocumentKind) => ({ kind: each }));
        expect(proves(kind, documents)).toBe(NEEDED[kind].some((needed) => kinds.includes(needed)));
      }
    }
  });

  it('is looked at anew for each version: no state leads back', () => {
    const states = Object.keys(STORY_MACHINE) as StoryState[];
    const reached = (from: StoryState): StoryState[] =>
      states.filter((to) => mayMove(STORY_MACHINE, from, to)).flatMap((to) => [to, ...reached(to)]);
    for (const state of states) expect(reached(state)).not.toContain(state);
    expect(states.filter((to) => mayMove(STORY_MACHINE, 'VERIFIED', to))).not.toContain('REJECTED');
  });
});
