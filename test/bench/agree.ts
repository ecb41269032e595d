import { isDeepStrictEqual } from 'node:util';
import { fromGlobalId } from '../../src/kernel/ids.ts';
import type { Running } from './contenders.ts';
import { ALLIANCE_DIALECT } from './dialects.ts';
import { connectionIn, OPERATION_NAMES } from './operations.ts';
import { fire, type Shot, type ShotsOf, type Target } from './shots.ts';

/** A contender with what it is asked. */
export interface Armed {
  readonly running: Running;
  readonly shots: ShotsOf;
}

/** The same for whoever only answers, wherever that is. */
export interface Aimed {
  readonly running: Target;
  readonly shots: ShotsOf;
}

/** How many answers were compared, and what was wrong with them. */
export interface Agreement {
  readonly compared: number;
  readonly problems: readonly string[];
}

/**
 * Asks everybody everything and compares with the first: the same bytes where the shape allows, else the same values. An
 * empty page would agree too easily, so that it is a problem as well.
 */
export async function compareAnswers([first, ...others]: readonly Aimed[]): Promise<Agreement> {
  if (first === undefined) throw new Error('There is nobody to compare with.');
  const problems: string[] = [];
  let compared = 0;
  for (const operation of OPERATION_NAMES) {
    for (const [i, shot] of first.shots[operation].entries()) {
      const text = await fire(first.running, shot);
      const { data } = JSON.parse(text) as { data: unknown };
      const what = `${operation} ${i} of ${shot.request.caller}`;
      if (connectionIn(operation, data).nodes.length === 0)
        problems.push(`${what}: there is nothing on the page`);
      for (const { running, shots } of others) {
        const other = await fire(running, shots[operation][i] as Shot);
        const difference = differenceOf(running, shot, [text, other]);
        if (difference !== undefined) problems.push(`${what}: ${difference}`);
        compared += 1;
      }
    }
  }
  return { compared, problems };
}

function differenceOf({ contender }: Target, { request }: Shot, [ours = '', theirs = '']: string[]) {
  if (contender.sameBytes) {
    const [one, other] = [dataOf(ours), dataOf(theirs)];
    if (one === other) return undefined;
    let at = 0;
    while (one[at] === other[at]) at += 1;
    const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
    return `${contender.name} has …${around(other)}… where the alliance has …${around(one)}…`;
  }
  const dataIn = (text: string) => (JSON.parse(text) as { data: unknown }).data;
  const { operation } = request;
  const wanted = withPlainIds(ALLIANCE_DIALECT.normal(operation, dataIn(ours)));
  const found = contender.dialect.normal(operation, dataIn(theirs));
  return isDeepStrictEqual(found, wanted)
    ? undefined
    : `${contender.name} has ${firstDifference(found, wanted)}`;
}

/** The same with UUIDs in place of global ids, which the others do not have. */
function withPlainIds(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each) => (key === 'id' ? (fromGlobalId(each)?.id ?? each) : each)),
  );
}

/** The first place at which two values differ, and what stands there. */
function firstDifference(found: unknown, wanted: unknown, path = ''): string {
  if (isObject(found) && isObject(wanted)) {
    for (const key of new Set([...Object.keys(found), ...Object.keys(wanted)])) {
      if (!isDeepStrictEqual(found[key], wanted[key]))
        return firstDifference(found[key], wanted[key], `${path}.${key}`);
    }
  }
  return `${JSON.stringify(found)} at ${path} where the alliance has ${JSON.stringify(wanted)}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The text of `data`, which stands first in every answer and before `extensions` where there are any. */
export function dataOf(answer: string): string {
  const end = answer.lastIndexOf(',"extensions":');
  return answer.slice('{"data":'.length, end < 0 ? -1 : end);
}
