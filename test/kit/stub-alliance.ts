import fastify, { type FastifyInstance } from 'fastify';
import { buildSchema, graphql } from 'graphql';
import { type ExplorerOptions, registerExplorer } from '../../src/server/explorer/explorer.ts';

const schema = buildSchema(`
  "Who is asking."
  type Viewer {
    "The name behind the token."
    name: String!
    "Products in a category."
    products(category: String!, first: Int!): [String!]!
  }
  type Query {
    "The one who asks, if a token came along."
    viewer: Viewer
  }
`);

const identities = [
  { id: 'lin', title: '林小满', caller: 'creator-app', organisation: null },
  { id: 'zhou', title: 'Zhou Wei', caller: 'creator-app', organisation: 'Star MCN' },
  { id: 'brand', title: '王芳', caller: 'brand-console', organisation: '青瓷坊' },
];

/** What a stub alliance was asked for. */
export interface StubAlliance {
  app: FastifyInstance;
  url: string;
  /** The identities for which a token was asked, in order. */
  tokensFor: string[];
  /** The Authorization headers that came with queries, without those for the schema. */
  authorizations: (string | undefined)[];
  /** How long a token lives; the page renews it a minute before its end. */
  tokenLifeMs: number;
}

/** A server with the explorer, a tiny schema and made-up identities, for tests of the page by itself. */
export async function startStubAlliance(options: ExplorerOptions): Promise<StubAlliance> {
  const app = fastify();
  const stub: StubAlliance = { app, url: '', tokensFor: [], authorizations: [], tokenLifeMs: 3_600_000 };
  await registerExplorer(app, options);
  if (options.demo) addDemo(stub);
  app.post('/graphql', async (request) => {
    const { query, variables } = request.body as { query: string; variables?: Record<string, unknown> };
    const { authorization } = request.headers;
    if (!query.includes('IntrospectionQuery')) stub.authorizations.push(authorization);
    const rootValue = { viewer: viewerOf(authorization) };
    return graphql({ schema, source: query, variableValues: variables, rootValue });
  });
  stub.url = await app.listen({ port: 0, host: '127.0.0.1' });
  return stub;
}

function addDemo(stub: StubAlliance): void {
  stub.app.get('/demo/identities', () => identities);
  stub.app.post('/demo/token', (request) => {
    const { identity } = request.body as { identity: string };
    stub.tokensFor.push(identity);
    const expiresAt = new Date(Date.now() + stub.tokenLifeMs).toISOString();
    return { token: `token-of-${identity}`, expiresAt };
  });
}

function viewerOf(authorization: string | undefined) {
  if (!authorization) return null;
  return {
    name: authorization.replace('Bearer ', ''),
    products: ({ category, first }: { category: string; first: number }) =>
      Array.from({ length: first }, (_, index) => `${category} ${index + 1}`),
  };
}
