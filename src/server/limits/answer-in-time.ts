import { failure } from '../../graphql/errors.ts';

/**
 * Gives the answer when it is there in time, and throws REQUEST_TIMEOUT when it is not. What was begun is not cut off in the
 * middle: each of its statements ends by its own limit, and a mutation may still be done.
 */
export async function inTime<Answer>(ms: number, work: () => Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const message =
      'This took too long. Ask for less at once; a mutation may still be done: repeat it under its key.';
    timer = setTimeout(() => reject(failure('REQUEST_TIMEOUT', message)), ms);
  });
  const answer = work();
  // Whoever asked is gone when it comes too late.
  answer.catch(() => undefined);
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
