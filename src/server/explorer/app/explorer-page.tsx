import { useEffect, useRef, useState } from 'react';
import type { CallerQueries } from '../ready-queries.ts';
import type { Actor } from './credentials.ts';
import { newFetcher } from './fetcher.ts';
import { Header } from './header.tsx';
import type { StartData } from './server-data.ts';
import { forgetTabs } from './tab-storage.ts';
import { Workbench } from './workbench.tsx';

/** The whole page: a header that says who asks, and GraphiQL with that caller's ready queries below it. */
export function ExplorerPage({ data }: { data: StartData }) {
  const { callers, identities } = data;
  const [callerId, setCallerId] = useCallerInAddress(callers);
  const [actors, setActors] = useState(() => firstActors(data));
  const [resets, setResets] = useState(0);
  const caller = callers.find(({ id }) => id === callerId)!;
  const actor = actors[callerId]!;

  // GraphiQL asks for the schema again whenever its fetcher changes, so that one fetcher reads the actor of now.
  const actorRef = useRef(actor);
  actorRef.current = actor;
  const [fetcher] = useState(() => newFetcher(() => actorRef.current));

  return (
    <>
      <Header
        callers={callers}
        caller={caller}
        onCaller={setCallerId}
        identities={data.demo ? identities.filter((identity) => identity.caller === callerId) : undefined}
        actor={actor}
        onActor={(next) => setActors({ ...actors, [callerId]: next })}
        onReset={() => {
          forgetTabs(caller);
          setResets(resets + 1);
        }}
      />
      <Workbench key={`${callerId} ${resets}`} caller={caller} fetcher={fetcher} />
    </>
  );
}

/** In a demo each caller starts as its first identity; elsewhere with nothing until a token is pasted. */
function firstActors({ callers, identities, demo }: StartData): Record<string, Actor> {
  const first = ({ id }: CallerQueries): Actor => {
    const identity = identities.find(({ caller }) => caller === id);
    if (identity) return { kind: 'identity', id: identity.id };
    return demo ? { kind: 'nobody' } : { kind: 'pasted', token: '' };
  };
  return Object.fromEntries(callers.map((caller) => [caller.id, first(caller)]));
}

/** The caller stands behind # in the address, so that a link can open the explorer as a brand, say. */
function useCallerInAddress(callers: CallerQueries[]): [string, (id: string) => void] {
  const inAddress = () => {
    const id = location.hash.slice(1);
    return callers.some((caller) => caller.id === id) ? id : callers[0]!.id;
  };
  const [id, setId] = useState(inAddress);
  useEffect(() => {
    const follow = () => setId(inAddress());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  });
  return [
    id,
    (next) => {
      location.hash = next;
    },
  ];
}
