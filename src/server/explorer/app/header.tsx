import type { CallerQueries } from '../ready-queries.ts';
import { ActorPicker } from './actor-picker.tsx';
import type { Actor } from './credentials.ts';
import mark from './mark.svg';
import type { Identity } from './server-data.ts';

interface HeaderProps {
  callers: CallerQueries[];
  caller: CallerQueries;
  onCaller: (id: string) => void;
  /** Missing outside a demo, where nobody can be picked. */
  identities: Identity[] | undefined;
  actor: Actor;
  onActor: (actor: Actor) => void;
  onReset: () => void;
}

/** Says what this is, and lets the visitor choose who asks. */
export function Header({ callers, caller, onCaller, identities, actor, onActor, onReset }: HeaderProps) {
  return (
    <header className="alliance-header">
      <div className="alliance-bar">
        <h1>
          <img src={mark} alt="" width="26" height="26" />
          Goods Alliance <span lang="zh">好物联盟</span>
        </h1>
        <nav aria-label="Caller">
          {callers.map(({ id, title }) => (
            <button
              key={id}
              className="alliance-caller"
              type="button"
              aria-pressed={id === caller.id}
              onClick={() => onCaller(id)}
            >
              {title}
            </button>
          ))}
        </nav>
        <ActorPicker key={caller.id} identities={identities} actor={actor} onActor={onActor} />
      </div>
      <p className="alliance-hint">
        <span>
          <b>{caller.title}</b>: {caller.about}.
        </span>
        <span className="alliance-how">
          Each tab is a ready query. Run it with <b>▶</b> or <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          <button
            className="alliance-reset"
            type="button"
            onClick={onReset}
            title="Open this caller's ready queries as they came"
          >
            Reset tabs
          </button>
        </span>
      </p>
    </header>
  );
}
