import { type GraphQLObjectType, getNamedType, isLeafType, isObjectType } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRACT_VISIBILITIES } from '../../src/features/creator/index.ts';
import { nodeTypeNames } from '../../src/graphql/node.ts';
import { relations } from '../../src/graphql/relation.ts';
import { fromGlobalId, newId, toGlobalId } from '../../src/kernel/ids.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { makeSide, type Side } from './sides.ts';
import { CALLERS, type CallerName, READ_BY, SEEN_BY } from './visibility.ts';
import { wander } from './wander.ts';

const schema = buildAllianceSchema();

let alliance: TestAlliance;
let world: World;
let a: Side;
let b: Side;
let callers: Record<CallerName, Caller>;

beforeAll(async () => {
  // What it asks at once is more than anybody may.
  alliance = await testAlliance({ environment: { LIMIT_ROOT_FIELDS: '1000' } });
  world = new World(alliance.database);
  a = await makeSide(world, 'A');
  b = await makeSide(world, 'B');
  const agencyA = await alliance.memberOf(a.agencyId);
  callers = {
    nobody: alliance.withHeader(),
    'brand B': await alliance.memberOf(b.brandId),
    'key of brand B': alliance.withHeader(`Bearer ${b.brandKey}`),
    'creator B': await alliance.memberOf(b.creatorId),
    'agency B': await alliance.memberOf(b.agencyId),
    'recruiter B': await alliance.memberOf(b.recruiterId),
    'brand A': await alliance.memberOf(a.brandId),
    'key of brand A': alliance.withHeader(`Bearer ${a.brandKey}`),
    'creator A': await alliance.memberOf(a.creatorId),
    'agency A, sees all': agencyA,
    'agency A, sees all but EARNINGS': agencyA,
    'agency A, sees nothing': agencyA,
    'former agency A': await alliance.memberOf(a.formerAgencyId),
    'recruiter A': await alliance.memberOf(a.recruiterId),
    operator: await alliance.memberOf(alliance.id),
  };
});

afterAll(() => alliance.close());

/** What the agency of creator A sees where it is not everything. */
const VISIBLE: Partial<Record<CallerName, readonly string[]>> = {
  'agency A, sees all but EARNINGS': CONTRACT_VISIBILITIES.filter((part) => part !== 'EARNINGS'),
  'agency A, sees nothing': [],
};

/** The caller, after the contract of creator A has been set to what the agency sees in this row of the matrix. */
async function callerOf(name: CallerName): Promise<Caller> {
  const visibility = VISIBLE[name] ?? CONTRACT_VISIBILITIES;
  await alliance.database.rows(
    sql`update contract_terms set visibility = ${visibility}::text[] where creator_id = ${a.creatorId}`,
  );
  return callers[name];
}

const seenBy = (name: CallerName): string[] =>
  Object.keys(SEEN_BY).filter((object) => SEEN_BY[object]?.includes(name));

const ROOTS = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()] as unknown[];
const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';

/** Stories are told in a sandbox alone, which this alliance is not. */
const NOT_HERE = /^SandboxStory/;

describe('the matrix', () => {
  it('has an object of every type that can be fetched by its id', () => {
    const types = Object.values(a.objects).map((id) => fromGlobalId(id)?.type);
    expect([...new Set(types)].sort()).toEqual(nodeTypeNames().sort());
    expect(Object.keys(a.objects).sort()).toEqual(Object.keys(SEEN_BY).sort());
    expect(Object.keys(b.objects).sort()).toEqual(Object.keys(SEEN_BY).sort());
  });

  it('has every field with a rule of its own', () => {
    const ruled = Object.values(schema.getTypeMap()).filter(
      (type): type is GraphQLObjectType => isObjectType(type) && !ROOTS.includes(type),
    );
    const fields = ruled.flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ extensions }) => extensions.access !== undefined)
        .map(({ name }) => `${type.name}.${name}`),
    );
    expect(fields.sort()).toEqual(Object.keys(READ_BY).sort());
  });
});

describe.each(CALLERS)('%s', (name) => {
  it('finds by its id what is open to them, and of all else that it does not exist', async () => {
    const caller = await callerOf(name);
    const found: string[] = [];
    for (const [object, id] of Object.entries(a.objects)) {
      const { status, data, errors } = await caller.query(NODE, { id });
      expect(status).toBe(200);
      if (data.node !== null) {
        expect(data.node).toEqual({ __typename: fromGlobalId(id)?.type, id });
        found.push(object);
      } else expect([object, errors?.[0]?.extensions.code]).toEqual([object, 'NOT_FOUND']);
    }
    expect(found.sort()).toEqual(seenBy(name).sort());
  });

  it('finds the same when all are asked for at once', async () => {
    const caller = await callerOf(name);
    const ids = Object.values(a.objects);
    const { data, errors } = await caller.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    const found = Object.keys(a.objects).filter((_, i) => data.nodes[i] !== null);
    expect(found.sort()).toEqual(seenBy(name).sort());
    const codes = (errors ?? []).map(({ extensions }) => extensions.code);
    expect(codes).toEqual(ids.filter((_, i) => data.nodes[i] === null).map(() => 'NOT_FOUND'));
  });

  it('meets nothing else on any way through the graph', async () => {
    const caller = await callerOf(name);
    const met = await wander(schema, caller, [...Object.values(a.objects), ...Object.values(b.objects)]);
    const labels = Object.keys(a.objects).filter((object) => met.ids.has(a.objects[object] ?? ''));
    expect(labels.sort()).toEqual(seenBy(name).sort());
    const codes = [...met.codes].filter((code) => code !== 'NOT_FOUND' && code !== 'UNAUTHENTICATED');
    expect(codes).toEqual([]);
    expect(foreignTo(name, met.ids)).toEqual([]);
    if (name !== 'operator') return;
    expect([...met.walked].sort()).toEqual(declared().filter((name) => !NOT_HERE.test(name)));
  });

  it('reads the fields that are for them, and of the others not whether there is anything', async () => {
    const caller = await callerOf(name);
    const read: string[] = [];
    for (const [field, [object]] of Object.entries(READ_BY)) {
      const [type = '', property = ''] = field.split('.');
      const inner = innerOf(type, property);
      const query = `query ($id: ID!) { node(id: $id) { ... on ${type} { ${property} ${inner} } } }`;
      const { status, errors } = await caller.query(query, { id: a.objects[object] });
      expect(status).toBe(200);
      if (errors === undefined) read.push(field);
      else expect([field, errors.map(({ extensions }) => extensions.code)]).toEqual([field, ['NOT_FOUND']]);
    }
    const allowed = Object.keys(READ_BY).filter((field) => READ_BY[field]?.[1].includes(name));
    expect(read.sort()).toEqual(allowed.sort());
  });
});

/**
 * All relations but those of the viewer's own organisations, which an operator has none of, those of a preview, which is
 * only for whoever may write the plan (test/plan/preview-plan.api.test.ts), and those of a subscription (test/subscription).
 */
const declared = (): string[] =>
  relations()
    .map(({ on, name }) => `${on.name}.${name}`)
    .filter(
      (name) =>
        !/^(Viewer\.(brand|creator|agency)|PlanPreviewCreator\..*|EarningsChanged\..*|(LiveSession|OfficialEvent)Board\..*)$/.test(
          name,
        ),
    )
    .sort();

/** What somebody of side A met of the private objects of side B. */
function foreignTo(name: CallerName, ids: ReadonlySet<string>): string[] {
  if (!name.includes('A')) return [];
  const isPrivate = (object: string) => !SEEN_BY[object]?.includes('brand B');
  return Object.keys(b.objects).filter((object) => isPrivate(object) && ids.has(b.objects[object] ?? ''));
}

function innerOf(typeName: string, property: string): string {
  const type = schema.getType(typeName) as GraphQLObjectType;
  const field = type.getFields()[property];
  return isLeafType(getNamedType(field?.type as never)) ? '' : '{ __typename }';
}

describe('ids that are none', () => {
  const wrong = (): Record<string, string> => {
    const brand = fromGlobalId(a.objects.Brand ?? '')?.id ?? '';
    const line = a.objects['OrderLine, pays all four'] ?? '';
    return {
      empty: '',
      garbage: 'x',
      'no id': 'Brand_',
      'of nothing': toGlobalId('Brand', newId()),
      'too short': (a.objects.Brand ?? '').slice(0, -1),
      'with more behind': `${a.objects.Brand}=`,
      'a bare UUID': brand,
      'of a type that is no node': toGlobalId('Money', brand),
      'of a type that is not': toGlobalId('Unicorn', brand),
      'of another type': toGlobalId('Product', brand),
      'with a brand where there is none': toGlobalId('Brand', brand, brand),
      'a line without its brand': toGlobalId('OrderLine', fromGlobalId(line)?.id ?? ''),
      'a line with the brand of another': toGlobalId('OrderLine', fromGlobalId(line)?.id ?? '', b.brandId),
      'a line with its parts the wrong way round': toGlobalId('OrderLine', a.brandId, fromGlobalId(line)?.id),
      'of a prototype': `constructor_${'A'.repeat(22)}`,
      huge: `Brand_${'A'.repeat(100_000)}`,
      'a null character': 'Brand_\u0000',
      'a lone surrogate': '\ud800',
      'an injection': "Brand_' or 1=1 --",
    };
  };

  it('are not found, for whomever asks', async () => {
    for (const name of ['nobody', 'brand B', 'operator'] as const) {
      for (const [what, id] of Object.entries(wrong())) {
        const { status, data, errors } = await callers[name].query(NODE, { id });
        const codes = errors?.map(({ extensions }) => extensions.code);
        expect([what, status, data, codes]).toEqual([what, 200, { node: null }, ['NOT_FOUND']]);
      }
    }
  });

  it('are not found by the entries of one type either, nor are ids of other types', async () => {
    const entries = ['brand', 'creator', 'agency', 'product', 'orderLine'];
    const ids = { ...wrong(), category: a.objects.Category ?? '' };
    for (const entry of entries) {
      for (const [what, id] of Object.entries(ids)) {
        const { status, data, errors } = await callers.operator.query(
          `query ($id: ID!) { ${entry}(id: $id) { id } }`,
          { id },
        );
        const codes = errors?.map(({ extensions }: Json) => extensions.code);
        expect([entry, what, status, data, codes]).toEqual([
          entry,
          what,
          200,
          { [entry]: null },
          ['NOT_FOUND'],
        ]);
      }
    }
  });

  it('may be a hundred at once, of which the good ones are found, and no more', async () => {
    const ids = [...Object.values(wrong()), a.objects.Brand ?? ''];
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const { data } = await callers.operator.query(nodes, { ids });
    expect(data.nodes).toEqual([...Object.values(wrong()).map(() => null), { id: a.objects.Brand }]);
    const many = await callers.operator.query(nodes, {
      ids: Array.from({ length: 101 }, () => a.objects.Brand),
    });
    expect([many.status, many.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });
});
