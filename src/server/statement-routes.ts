import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import { findAlliance } from '../features/account/index.ts';
import {
  openFile,
  ownStatement,
  PAGE_POLICY,
  pathOf,
  readFileName,
  readSecret,
  readStatement,
} from '../features/statement/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { isSigned, signAddress } from '../kernel/signed-address.ts';
import type { IdentifyCaller } from './identify-caller.ts';

interface StatementRoutes {
  readonly database: Database;
  readonly clock: Clock;
  readonly identify: IdentifyCaller;
}

type FileRequest = FastifyRequest<{
  Params: { file: string };
  Querystring: { expires?: unknown; signature?: unknown };
}>;

/**
 * Serves statements as files: to whoever has an address that was signed and has not expired, and to members and
 * operators by their Authorization header. To all others there is nothing, as for numbers that do not exist.
 */
export function registerStatements(app: FastifyInstance, routes: StatementRoutes): void {
  // The signature opens the file, so that it is no business of the log's.
  const logSerializers = { req: ({ method, url }: FastifyRequest) => ({ method, url: url.split('?')[0] }) };
  app.get('/statements/:file', { logSerializers }, (request, reply) =>
    answer(routes, request as FileRequest, reply),
  );
}

async function answer(routes: StatementRoutes, request: FileRequest, reply: FastifyReply) {
  const { database, clock } = routes;
  const named = readFileName(request.params.file);
  const whole = named === undefined ? undefined : await readStatement(database, named.number);
  if (named === undefined || whole === undefined) return notFound(request, reply);
  const secret = await readSecret(database);
  if (!(await mayRead(routes, request, secret, whole.statement.partyId))) return notFound(request, reply);
  const link = (form: Parameters<typeof pathOf>[1]): string =>
    signAddress(secret, pathOf(named.number, form), clock.now());
  const timeZone = (await findAlliance(database))?.timeZone ?? 'UTC';
  const links = { csv: link('csv'), orderLinesCsv: link('lines.csv'), json: link('json'), timeZone };
  const { contentType, fileName, content } = openFile(database, whole, named.form, links);
  reply.headers({
    'cache-control': 'private, no-store',
    'content-disposition': `${named.form === 'html' ? 'inline' : 'attachment'}; filename="${fileName}"`,
    'content-security-policy': PAGE_POLICY,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  return reply.type(contentType).send(content);
}

async function mayRead(
  { clock, identify }: StatementRoutes,
  { params, query, headers, ip }: FileRequest,
  secret: Buffer,
  partyId: string,
): Promise<boolean> {
  const { expires, signature } = query;
  if (typeof expires === 'string' && typeof signature === 'string') {
    return isSigned(secret, `/statements/${params.file}`, { expires, signature }, clock.now());
  }
  return ownStatement.allows(await identify(headers.authorization, ip), { partyId });
}

function notFound(request: FastifyRequest, reply: FastifyReply) {
  const message = 'No such statement is open to you; an address of a file opens it for an hour.';
  const extensions = { requestId: request.id };
  return reply.status(404).send({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }], extensions });
}
