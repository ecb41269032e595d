import { useGraphiQL } from '@graphiql/react';
import type { Fetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useState } from 'react';
import type { CallerQueries } from '../ready-queries.ts';
import { tabStorage } from './tab-storage.ts';

const emptyTab = `# No query is ready for this caller yet.
# Write one here: Ctrl-Space shows what there is.
query Hello {
  __typename
}
`;

/** GraphiQL with one caller's tabs. It reads its storage once, so that another caller needs another key. */
export function Workbench({ caller, fetcher }: { caller: CallerQueries; fetcher: Fetcher }) {
  const [kept] = useState(() => tabStorage(caller));
  const [first] = caller.queries;
  // GraphiQL fills its first editors from these and not from the tabs, neither the ready nor the kept ones.
  const open = kept.openTab ?? first;
  return (
    <GraphiQL
      initialQuery={open?.query}
      initialVariables={open?.variables}
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
      <GraphiQL.Footer>
        <EmptyAnswer />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

/** Says what the empty half is for, until something was run in this tab. */
function EmptyAnswer() {
  const isEmpty = useGraphiQL(({ tabs, activeTabIndex, isFetching }) => {
    return !isFetching && !tabs[activeTabIndex]?.response;
  });
  return isEmpty ? <p className="alliance-empty">Press ▶ and the answer appears here.</p> : null;
}
