import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import {
  type ExportFile,
  findExportFile,
  ownExport,
  pathOfExport,
  readExportName,
} from '../features/bulk/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { isSigned } from '../kernel/signed-address.ts';
import type { IdentifyCaller } from './identify-caller.ts';

interface BulkRoutes {
  readonly database: Database;
  readonly clock: Clock;
  readonly identify: IdentifyCaller;
}

type FileRequest = FastifyRequest<{
  Params: { file: string };
  Querystring: { expires?: unknown; signature?: unknown };
}>;

/**
 * Serves the files of exports in bulk: to whoever has an address that was signed and has not expired, and to members of
 * the organisation and operators by their Authorization header. To all others there is nothing.
 */
export function registerBulk(app: FastifyInstance, routes: BulkRoutes): void {
  // The signature opens the file, so that it is no business of the log's.
  const logSerializers = { req: ({ method, url }: FastifyRequest) => ({ method, url: url.split('?')[0] }) };
  app.get('/bulk/:file', { logSerializers }, (request, reply) =>
    answer(routes, request as FileRequest, reply),
  );
}

async function answer(routes: BulkRoutes, request: FileRequest, reply: FastifyReply) {
  const id = readExportName(request.params.file);
  const file = id && (await findExportFile(routes.database, id, routes.clock.now()));
  if (!file || !(await mayRead(routes, request, file))) return notFound(request, reply);
  // No Content-Encoding: what arrives are the bytes of the hash, and nothing on the way unpacks them.
  reply.headers({
    'cache-control': 'private, no-store, no-transform',
    'content-disposition': `attachment; filename="${request.params.file}"`,
    'content-length': String(file.sizeBytes),
    'referrer-policy': 'no-referrer',
    'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
    'x-content-type-options': 'nosniff',
  });
  return reply.type('application/gzip').send(Readable.from(file.content(), { objectMode: false }));
}

async function mayRead(
  { clock, identify }: BulkRoutes,
  { query, headers, ip }: FileRequest,
  { id, partyId, secret }: ExportFile,
): Promise<boolean> {
  const { expires, signature } = query;
  if (typeof expires === 'string' && typeof signature === 'string') {
    return isSigned(secret, pathOfExport(id), { expires, signature }, clock.now());
  }
  return ownExport.allows(await identify(headers.authorization, ip), { partyId });
}

function notFound(request: FastifyRequest, reply: FastifyReply) {
  const message = 'No such file is open to you; BulkExport.url gives an address that opens it for an hour.';
  const extensions = { requestId: request.id };
  return reply.status(404).send({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }], extensions });
}
