/** What somebody may send who means no good, by what it floods the server with. Each is to be refused with a 4xx. */
export const ATTACKS: Readonly<Record<string, () => string>> = {
  aliases: () => doc(`{ viewer { ${times(400, (i) => `a${i}: __typename`)} } }`),
  'root aliases': () => doc(`{ ${times(600, (i) => `a${i}: __typename`)} }`),
  directives: () => doc(`{ viewer { __typename ${times(400, () => '@include(if: true)')} } }`),
  'unknown directives': () => doc(`{ __typename ${'@aa'.repeat(900)} }`),
  tokens: () => doc(`{ viewer { ${'name '.repeat(150_000)} } }`),
  depth: () => doc(`{ ${'viewer { '.repeat(900)} name ${'} '.repeat(900)} }`),
  'depth of lists': () => doc(`{ a(b: ${'['.repeat(900)}${']'.repeat(900)}) }`),
  repetitions: () => doc(`{ viewer { ${'brand { id } '.repeat(390)} } }`),
  'doubling fragments': () => {
    const fragments = times(180, (i) => `fragment F${i} on Viewer { ...F${i + 1} ...F${i + 1} }`);
    return doc(`{ viewer { ...F0 } } ${fragments} fragment F180 on Viewer { name }`);
  },
  'circular fragments': () =>
    doc(`{ ...F0 } ${times(180, (i) => `fragment F${i} on Query { ...F${(i + 1) % 180} }`)}`),
  pages: () => doc('{ productPool(first: 100) { nodes { enrolments { product { enrolments { id } } } } } }'),
  introspection: () =>
    doc(`{ __schema { types { ${'fields { type { '.repeat(5)} name ${'} } '.repeat(5)} } } }`),
  variables: () =>
    JSON.stringify({
      query: 'query($a: Int) { productPool(first: $a) { nodes { id } } }',
      variables: Object.fromEntries([...Array.from({ length: 50_000 }, (_, i) => [`v${i}`, i]), ['a', 'x']]),
    }),
  'deep variables': () =>
    `{"query":"query($a: Int) { productPool(first: $a) { nodes { id } } }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
  batches: () => JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: '{ __typename }' }))),
  'no JSON': () => '{"query": '.repeat(10_000),
  'a body of 10 MB': () => doc(`{ viewer { name } } # ${'x'.repeat(10_000_000)}`),
};

const doc = (query: string): string => JSON.stringify({ query });

function times(count: number, part: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => part(i)).join(' ');
}
