import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { MikroORM } from '@mikro-orm/postgresql';
import fastify from 'fastify';
import { buildSchema } from 'type-graphql';
import { ISSUER } from '../issuer.ts';
import { childSettings, reportUsage, tokenCheck } from './child.ts';
import type { PlainContext } from './plain/context.ts';
import { AppUser, Membership, Party, plainEntities } from './plain/entities.ts';
import { newLoaders } from './plain/loaders.ts';
import { resolvers } from './plain/resolvers.ts';

/** A server as somebody writes it who knows these libraries: entities found by the ORM, a dataloader for each relation. */
const { databaseUrl, jwksUrl, port, poolSize } = childSettings();
const orm = await MikroORM.init({
  entities: plainEntities,
  clientUrl: databaseUrl,
  pool: { min: 0, max: poolSize },
  ensureDatabase: false,
  debug: false,
});
const check = tokenCheck(jwksUrl);
const schema = await buildSchema({ resolvers, validate: false });
const apollo = new ApolloServer<PlainContext>({ schema, introspection: false });
await apollo.start();

const app = fastify();
const handler = fastifyApolloHandler(apollo, {
  context: async (request): Promise<PlainContext> => {
    const subject = await check(request.headers.authorization);
    const em = orm.em.fork();
    const user = await em.findOneOrFail(AppUser, { issuer: ISSUER, subject });
    const [membership] = await em.find(
      Membership,
      { userId: user.id },
      { orderBy: { createdAt: 'asc', id: 'asc' }, limit: 1 },
    );
    const viewer = await em.findOneOrFail(Party, { id: membership?.partyId });
    const now = new Date();
    return { em, now, viewer, loaders: newLoaders(em, viewer.id, now) };
  },
});
app.post('/graphql', handler as never);
reportUsage();
await app.listen({ host: '127.0.0.1', port });
