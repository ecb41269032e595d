import type { CallerQueries } from '../ready-queries.ts';

/** What GraphiQL keeps that belongs to the set of tabs; the rest (theme, widths) is one for the whole page. */
const keysOfTabs = new Set([
  'graphiql:tabState',
  'graphiql:query',
  'graphiql:variables',
  'graphiql:operationName',
]);

/** What one tab holds. */
export interface TabContent {
  query: string;
  variables: string;
}

/** One caller's storage in the shape that GraphiQL wants, and the tab that was open when it was last used. */
export interface TabStorage {
  storage: Storage;
  openTab: TabContent | undefined;
}

/**
 * A place for one caller's tabs in the browser's storage. Its name holds a hash of the ready queries: after these
 * change, tabs of the older ones are forgotten, else a returning visitor would never see the new ones.
 */
export function tabStorage(caller: CallerQueries): TabStorage {
  const prefix = `alliance:${caller.id}:${hashOf(JSON.stringify(caller.queries))}:`;
  forget((key) => key.startsWith(`alliance:${caller.id}:`) && !key.startsWith(prefix));
  const place = (key: string) => (keysOfTabs.has(key) ? prefix + key : key);
  const storage: Storage = {
    getItem: (key) => localStorage.getItem(place(key)),
    setItem: (key, value) => localStorage.setItem(place(key), value),
    removeItem: (key) => localStorage.removeItem(place(key)),
    clear: () => forget((key) => key.startsWith('graphiql:') || key.startsWith(prefix)),
    key: (index) => localStorage.key(index),
    get length() {
      return localStorage.length;
    },
  };
  return { storage, openTab: openTabOf(storage.getItem('graphiql:tabState')) };
}

function openTabOf(kept: string | null): TabContent | undefined {
  if (!kept) return undefined;
  const { tabs, activeTabIndex } = JSON.parse(kept) as {
    tabs: Partial<TabContent>[];
    activeTabIndex: number;
  };
  const open = tabs[activeTabIndex];
  return open && { query: open.query ?? '', variables: open.variables ?? '' };
}

/** Forgets a caller's tabs, so that its ready queries open again as they came. */
export function forgetTabs(caller: CallerQueries): void {
  forget((key) => key.startsWith(`alliance:${caller.id}:`));
}

function forget(matches: (key: string) => boolean): void {
  for (const key of Object.keys(localStorage).filter(matches)) localStorage.removeItem(key);
}

/** FNV-1a, 32 bits: enough to tell two sets of queries apart, and at hand without waiting. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
