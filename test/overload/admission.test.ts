import { expect, it } from 'vitest';
import type { DatabaseCondition } from '../../src/db/database.ts';
import { Admission } from '../../src/server/load-shedding.ts';

const calm: DatabaseCondition = { most: 10, open: 10, idle: 5, waiting: 0, answeredAt: 0 };

it('has room for so many and no more, and again when one is answered', () => {
  const admission = new Admission(3, { condition: () => calm });
  const leave = [admission.enter(), admission.enter(), admission.enter()];
  expect(admission.hasRoom()).toBe(false);
  leave[0]?.();
  leave[0]?.();
  expect([admission.hasRoom(), admission.state.inFlight]).toEqual([true, 2]);
});

it('has no room while too many statements wait for a connection', () => {
  let waiting = 63;
  const admission = new Admission(64, { condition: () => ({ ...calm, waiting }) });
  expect(admission.hasRoom()).toBe(true);
  waiting = 64;
  expect(admission.hasRoom()).toBe(false);
});

it('takes fewer when answers take long, down to a few, and more again when they do not', () => {
  const admission = new Admission(64, { condition: () => calm });
  let at = 0;
  const round = (ms: number): void => {
    const leaves = Array.from({ length: admission.state.limit }, () => admission.enter(() => at));
    expect(admission.hasRoom()).toBe(false);
    at += ms;
    for (const leave of leaves) leave();
  };
  round(1_500);
  expect(admission.state.limit).toBe(51);
  for (let i = 0; i < 30; i++) round(1_500);
  expect(admission.state.limit).toBe(8);
  for (let i = 0; i < 30; i++) round(600);
  expect(admission.state.limit).toBe(64);
});

it('takes as many as before when a few take long by themselves', () => {
  const admission = new Admission(64, { condition: () => calm });
  let at = 0;
  for (let i = 0; i < 10; i++) {
    const leave = admission.enter(() => at);
    at += 9_000;
    leave();
  }
  expect(admission.state.limit).toBe(64);
});
