import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { bundleFolder, operationsFolder } from './paths.ts';
import { type CallerQueries, readReadyQueries } from './ready-queries.ts';

/** How the explorer is served. */
export interface ExplorerOptions {
  /** Whether the page may pick a demo identity (GET /demo/identities, POST /demo/token). */
  demo: boolean;
  /** Whether the ready queries of a sandbox are shown too. */
  sandbox?: boolean;
  /** Where the ready queries lie; schema/operations unless a test names another folder. */
  operations?: string;
  /** Where the built page lies; dist/explorer unless a test names another folder. */
  bundle?: string;
}

/**
 * All from this server, nothing else. Monaco writes style elements and style attributes for every line that it
 * draws, which is why styles may be inline; its icon font is a data address inside GraphiQL's style sheet.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const missingPage =
  'The explorer is not built.\n\n' +
  'Stop the server, run\n\n    npm ci && npm run prepare\n\nand start it again. ' +
  'The API at /graphql works without it.\n';

/** Serves the explorer at /graphiql: the page, its files, and the ready queries as JSON. */
export async function registerExplorer(app: FastifyInstance, options: ExplorerOptions): Promise<void> {
  const bundle = options.bundle ?? bundleFolder;
  // The hook must reach only the explorer's own answers, so that it all lives in one fastify scope.
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => protect(reply));
    scope.get('/graphiql', (_request, reply) => sendPage(reply, bundle));
    scope.get('/graphiql/', (_request, reply) => reply.redirect('/graphiql', 308));
    serveReadyQueries(scope, options);
    await serveAssets(scope, join(bundle, 'assets'));
  });
}

function protect(reply: FastifyReply): void {
  reply.headers({
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
}

/** Read anew each time: it is small, and a bundle built while the server runs is then served at once. */
async function sendPage(reply: FastifyReply, bundle: string): Promise<FastifyReply> {
  const path = join(bundle, 'index.html');
  reply.header('cache-control', 'no-cache');
  if (!existsSync(path)) return reply.code(503).type('text/plain; charset=utf-8').send(missingPage);
  return reply.type('text/html; charset=utf-8').send(await readFile(path, 'utf8'));
}

/** A demo reads the files at each request, so that someone who writes one sees it; elsewhere they do not change. */
function serveReadyQueries(
  scope: FastifyInstance,
  { demo, sandbox = false, operations = operationsFolder }: ExplorerOptions,
): void {
  let kept: CallerQueries[] | undefined;
  scope.get('/graphiql/operations.json', async (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    if (demo || !kept) kept = await readReadyQueries(operations, { sandbox });
    return { demo, callers: kept };
  });
}

/** Every file's name holds a hash of its content, so that a browser may keep it for good. */
async function serveAssets(scope: FastifyInstance, root: string): Promise<void> {
  await scope.register(fastifyStatic, {
    root,
    prefix: '/graphiql/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    suppressWarning: true,
    immutable: true,
    maxAge: '365d',
  });
}
