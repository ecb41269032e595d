import fastify from 'fastify';
import pg from 'pg';
import { ISSUER } from '../issuer.ts';
import type { OperationName } from '../operations.ts';
import { childSettings, reportUsage, tokenCheck } from './child.ts';
import { STATEMENTS, type Variables } from './raw-sql.ts';

/** What is possible at most: one prepared statement for each request finds out who asks and writes the whole answer. */
interface Body {
  readonly operation: OperationName;
  readonly variables: Variables;
}

const { databaseUrl, jwksUrl, port, poolSize } = childSettings();
const check = tokenCheck(jwksUrl);
const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize, options: '-c jit=off' });
const app = fastify();
app.post<{ Body: Body }>('/graphql', async (request, reply) => {
  const subject = await check(request.headers.authorization);
  const { operation, variables } = request.body;
  const { rows } = await pool.query<[string]>({
    ...STATEMENTS[operation]([ISSUER, subject], variables),
    rowMode: 'array',
  } as never);
  reply.header('content-type', 'application/json; charset=utf-8');
  return `{"data":${rows[0]?.[0]}}`;
});
reportUsage();
await app.listen({ host: '127.0.0.1', port });
