/** The part of autocannon that is used. It is no package of the alliance, so that its types are not there. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  export interface Result {
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
  }
  export interface Client {
    setRequests(requests: object[]): void;
  }
  export type Instance = PromiseLike<Result> & EventEmitter;
  export default function autocannon(options: object): Instance;
}
