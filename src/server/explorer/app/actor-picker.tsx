import type { ReactNode } from 'react';
import type { Actor } from './credentials.ts';
import type { Identity } from './server-data.ts';

interface ActorPickerProps {
  identities: Identity[] | undefined;
  actor: Actor;
  onActor: (actor: Actor) => void;
}

/** Chooses as whom requests are sent: a demo identity, a pasted token or API key, or nobody. */
export function ActorPicker({ identities, actor, onActor }: ActorPickerProps) {
  return (
    <div className="alliance-actor">
      {identities && <IdentitySelect identities={identities} actor={actor} onActor={onActor} />}
      {actor.kind === 'pasted' && <TokenField token={actor.token} onActor={onActor} />}
    </div>
  );
}

function IdentitySelect({ identities, actor, onActor }: ActorPickerProps & { identities: Identity[] }) {
  const choose = (value: string) => {
    if (value === 'pasted') onActor({ kind: 'pasted', token: '' });
    else if (value === 'nobody') onActor({ kind: 'nobody' });
    else onActor({ kind: 'identity', id: value.slice('identity:'.length) });
  };
  const value = actor.kind === 'identity' ? `identity:${actor.id}` : actor.kind;
  return (
    <label>
      <span>Acting as</span>
      <select aria-label="Acting as" value={value} onChange={(event) => choose(event.target.value)}>
        {identities.map(({ id, title, organisation }) => (
          <option key={id} value={`identity:${id}`}>
            {organisation && organisation !== title ? `${title} · ${organisation}` : title}
          </option>
        ))}
        <Others />
      </select>
    </label>
  );
}

function Others(): ReactNode {
  return (
    <>
      <option value="nobody">Nobody (no token)</option>
      <option value="pasted">A token or API key …</option>
    </>
  );
}

/** The token is a secret: shown as dots, never written to the browser's storage, gone with the page. */
function TokenField({ token, onActor }: { token: string; onActor: (actor: Actor) => void }) {
  return (
    <input
      type="password"
      aria-label="Token or API key"
      placeholder="Paste a token or API key"
      title="Sent as Authorization: Bearer … and kept only until this page closes"
      autoComplete="off"
      spellCheck={false}
      value={token}
      onChange={(event) => onActor({ kind: 'pasted', token: event.target.value })}
    />
  );
}
