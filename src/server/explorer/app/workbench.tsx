import type { Fetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useState } from 'react';
import type { CallerQueries } from '../ready-queries.ts';
import { tabStorage } from './tab-storage.ts';

const emptyTab =
  '# No query is ready for this caller yet. Write one here: Ctrl-Space shows what there is.\n\n';

/** GraphiQL with one caller's tabs. It reads its storage once, so that another caller needs another key. */
export function Workbench({ caller, fetcher }: { caller: CallerQueries; fetcher: Fetcher }) {
  const [kept] = useState(() => tabStorage(caller));
  const [first] = caller.queries;
  // GraphiQL fills its editors from these and not from the first tab; with kept tabs they would add one more.
  const initial =
    kept.isEmpty && first ? { initialQuery: first.query, initialVariables: first.variables } : {};
  return (
    <GraphiQL
      {...initial}
      fetcher={fetcher}
      storage={kept.storage}
      defaultQuery={emptyTab}
      defaultTabs={first ? caller.queries.map(({ query, variables }) => ({ query, variables })) : undefined}
      defaultEditorToolsVisibility="variables"
      shouldPersistHeaders={false}
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <span className="powered">GraphiQL</span>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
