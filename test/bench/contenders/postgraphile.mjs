import fastify from 'fastify';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/fastify/v5';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { addPgTableCondition, jsonPgSmartTags } from 'postgraphile/utils';
import { ISSUER } from '../issuer.ts';
import { childSettings, reportUsage, tokenCheck } from './child.ts';
import { FUNCTIONS } from './postgraphile-sql.ts';

/**
 * (No TypeScript: its packages are there only for the benchmark, and their types change those of all other code.)
 * PostGraphile 5 on the tables of the alliance, with its usual preset. Order lines have no foreign keys, since they can be
 * distributed; it is told where they lead. The caller is found out as the others do it, and handed to the functions that
 * filter as a variable of the operation: row-level security would need a transaction for each request, which is slower.
 */
const { databaseUrl, jwksUrl, port, poolSize } = childSettings();
const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize, options: '-c jit=off' });
pool.on('error', () => undefined);
await pool.query(FUNCTIONS);

const tags = {
  version: 1,
  config: {
    class: {
      order_line: {
        tags: {
          foreignKey: [
            '(creator_id) references creator (id)',
            '(product_id) references product (id)',
            '(brand_id) references brand (id)',
          ],
        },
      },
    },
  },
};

/** Products of a category of any level: the array of its path has an index that a condition on the whole would not use. */
const within = addPgTableCondition(
  { schemaName: 'public', tableName: 'pool_entry' },
  'within',
  ({ getTypeByName }) => ({ type: getTypeByName('UUID') }),
  (value, { sql, sqlTableAlias, sqlValueWithCodec, build }) =>
    value == null
      ? null
      : sql`${sqlTableAlias}.category_path @> array[${sqlValueWithCodec(value, build.dataplanPg.TYPES.uuid)}]`,
);

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [jsonPgSmartTags(tags), within],
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ pool, schemas: ['public', 'bench'] })],
  grafserv: { graphiql: false, watch: false, graphqlPath: '/graphql' },
  grafast: { explain: false },
};

const check = tokenCheck(jwksUrl);
/** The first organisation of the person. */
const WHO = {
  name: 'who',
  text: `select m.party_id from app_user u join membership m on m.user_id = u.id
    where u.issuer = $1 and u.subject = $2 order by m.created_at, m.id limit 1`,
};

const app = fastify();
app.addHook('preHandler', async (request) => {
  const subject = await check(request.headers.authorization);
  const { rows } = await pool.query({ ...WHO, values: [ISSUER, subject] });
  // Whatever the request said itself: the viewer is who the token says.
  request.body.variables.viewer = rows[0]?.party_id;
});
reportUsage();
const instance = postgraphile(preset);
await instance.createServ(grafserv).addTo(app);
await app.listen({ host: '127.0.0.1', port });
