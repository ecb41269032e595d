import graphql from '@graphql-eslint/eslint-plugin';

// Only what is GraphQL: TypeScript is Biome's. `npm run lint` runs it.
const parser = graphql.parser;
const plugins = { '@graphql-eslint': graphql };
const schema = 'schema/schema.graphql';
const documents = 'schema/operations/**/*.graphql';
const { configs } = graphql;

export default [
  {
    files: [schema],
    languageOptions: { parser, parserOptions: { graphQLConfig: { schema } } },
    plugins,
    rules: {
      ...configs['flat/schema-recommended'].rules,
      ...configs['flat/schema-relay'].rules,
      // Payloads, money and what is part of another object's answer are no nodes; whoever is one has its id.
      '@graphql-eslint/strict-id-in-types': 'off',
      // `Offer.offerId` is no id of an offer, which has none: it is that of the plan or enrolment behind it.
      '@graphql-eslint/no-typename-prefix': 'off',
      // Forward alone: a keyset goes one way, and nobody pages a history from its end.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // Connections have `nodes` beside `edges`; what stays small is a list, each named with its bound in test/schema.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // The root types need no words; their fields do.
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          ignoredSelectors: ['[name.value=/^(Query|Mutation|Subscription)$/]'],
        },
      ],
    },
  },
  {
    files: [documents],
    languageOptions: { parser, parserOptions: { graphQLConfig: { schema, documents } } },
    plugins,
    rules: {
      ...configs['flat/operations-recommended'].rules,
      // Each client is a program of its own; that names are unique within it is seen to when its manifest is made.
      '@graphql-eslint/unique-operation-name': 'off',
      // Payloads are small: an id is asked for where the app needs it.
      '@graphql-eslint/require-selections': 'off',
      // The server's own limit.
      '@graphql-eslint/selection-set-depth': ['error', { maxDepth: 12 }],
    },
  },
];
