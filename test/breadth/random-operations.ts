import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Random } from '../../seeds/random.ts';

/** An operation that somebody might send, made up from the schema. */
export interface RandomOperation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What was seen in answers, to be asked for. */
export class Seen {
  readonly #ids = new Map<string, string[]>();
  readonly cursors: string[] = ['bm8gY3Vyc29y'];

  /** Keeps the ids and cursors of an answer, a few of each type. */
  look(json: string): void {
    for (const [, id = '', type = ''] of json.matchAll(/"(([A-Z][A-Za-z]+)_[\w-]{20,})"/g)) {
      const known = this.#ids.get(type) ?? [];
      if (known.length < 40 && !known.includes(id)) this.#ids.set(type, [...known, id]);
    }
    for (const [, cursor = ''] of json.matchAll(/"(?:endCursor|cursor)":"([\w-]+)"/g))
      if (this.cursors.length < 200) this.cursors.push(cursor);
  }

  get types(): readonly string[] {
    return [...this.#ids.keys()];
  }

  idsOf(type: string): readonly string[] {
    return this.#ids.get(type) ?? [];
  }
}

const MOST_DEPTH = 7;
const MOST_FIELDS = 45;

/** Values of scalars as they stand in a document: most of them fit, some do not. */
const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  Boolean: [true, false],
  Int: [0, 1, 2, 3, 5, 20, 101, -1],
  Float: [0, 1.5],
  String: ['苹果', 'a', '', '%', 'demo', '2026-06'],
  BigInt: ['0', '1999'],
  BasisPoints: [0, 1000, 2000],
  CurrencyCode: ['CNY'],
  Date: ['2026-06-16', '2026-01-01'],
  DateTimeISO: ['2026-06-16T12:00:00Z', '2026-11-01T00:00:00Z'],
  Decimal: ['19.99'],
};

/** Makes one operation up. It is valid by the schema but for what two fields under one name may not be. */
export function randomOperation(schema: GraphQLSchema, random: Random, seen: Seen): RandomOperation {
  return new Maker(schema, random, seen).operation();
}

class Maker {
  readonly #variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  #fields = 0;
  #names = 0;

  constructor(
    readonly schema: GraphQLSchema,
    readonly random: Random,
    readonly seen: Seen,
  ) {}

  operation(): RandomOperation {
    const selection = this.#selection(this.schema.getQueryType() as GraphQLCompositeType, 0);
    const declared = this.#declared.length > 0 ? `(${this.#declared.join(', ')})` : '';
    const document = [`query Made${declared} ${selection}`, ...this.#fragments].join('\n');
    return { document, variables: this.#variables };
  }

  #name = (letter: string): string => {
    this.#names += 1;
    return `${letter}${this.#names}`;
  };

  #selection(type: GraphQLCompositeType, depth: number): string {
    const parts: string[] = [];
    if (isUnionType(type) || this.random.chance(150)) parts.push('__typename');
    if (!isUnionType(type)) parts.push(...this.#ownFields(type, depth));
    if (isAbstractType(type)) parts.push(...this.#ofPossibleTypes(type, depth));
    else if (this.random.chance(120) && depth < MOST_DEPTH) parts.push(this.#fragment(type, depth));
    return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
  }

  #ownFields(type: Exclude<GraphQLCompositeType, { getTypes(): unknown }>, depth: number): string[] {
    const all = Object.values(type.getFields()).filter((field) => this.#isAskable(field, depth));
    const chosen = this.random.sample(all, this.random.int(1, depth === 0 ? 2 : 5));
    return chosen.flatMap((field) => {
      const made = this.#field(field, depth);
      // The same once more, which is merged with the first.
      return made === undefined ? [] : this.random.chance(50) ? [made, made] : [made];
    });
  }

  #isAskable(field: GraphQLField<unknown, unknown>, depth: number): boolean {
    return depth < MOST_DEPTH || !isCompositeType(getNamedType(field.type));
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string | undefined {
    if (this.#fields >= MOST_FIELDS) return undefined;
    this.#fields += 1;
    const args = this.#arguments(field.args);
    if (args === undefined) return undefined;
    const needsAlias = args !== '' || this.random.chance(100);
    const alias = needsAlias ? `${this.#name('a')}: ` : '';
    const type = getNamedType(field.type);
    const below = isCompositeType(type) ? ` ${this.#selection(type, depth + 1)}` : '';
    return `${alias}${field.name}${args}${this.#directive()}${below}`;
  }

  #directive(): string {
    if (!this.random.chance(60)) return '';
    const name = this.random.pick(['include', 'skip']);
    return ` @${name}(if: ${this.#maybeVariable('Boolean!', this.random.chance(700) === (name === 'include'), 500)})`;
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const selection = this.#selection(type, depth + 1);
    if (this.random.chance(400))
      return `...${this.random.chance(500) ? ` on ${type.name}` : ''} ${selection}`;
    const name = this.#name('F');
    this.#fragments.push(`fragment ${name} on ${type.name} ${selection}`);
    return `...${name}${this.#directive()}`;
  }

  #ofPossibleTypes(type: GraphQLCompositeType, depth: number): string[] {
    if (depth >= MOST_DEPTH || !isAbstractType(type)) return [];
    const possible = this.schema.getPossibleTypes(type).filter((each) => isObjectType(each));
    return this.random.sample(possible, this.random.int(1, 4)).map((each) => this.#fragment(each, depth));
  }

  #arguments(args: readonly GraphQLArgument[]): string | undefined {
    const made: string[] = [];
    for (const arg of args) {
      const isRequired = isNonNullType(arg.type) && arg.defaultValue === undefined;
      if (!isRequired && !this.random.chance(arg.name === 'first' ? 700 : 250)) continue;
      const value = this.#value(arg.type, arg.name);
      if (value === undefined) {
        if (isRequired) return undefined;
        continue;
      }
      made.push(`${arg.name}: ${this.#maybeVariable(String(arg.type), value, 300)}`);
    }
    return made.length > 0 ? `(${made.join(', ')})` : '';
  }

  /** The value itself, or a variable that has it. */
  #maybeVariable(type: string, value: unknown, perMille: number): string {
    if (!this.random.chance(perMille)) return printed(value);
    const name = this.#name('v');
    this.#declared.push(`$${name}: ${type}`);
    this.#variables[name] = plain(value);
    return `$${name}`;
  }

  #value(type: GraphQLInputType, name: string): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType, name);
    if (isListType(type)) {
      const items = Array.from({ length: this.random.int(0, 3) }, () => this.#value(type.ofType, name));
      return items.includes(undefined) ? undefined : items;
    }
    if (isEnumType(type)) return new Literal(this.random.pick(type.getValues()).name);
    if (isInputObjectType(type)) return this.#object(type);
    if (type.name === 'ID') return this.#id(name);
    if (name === 'after') return this.random.pick(this.seen.cursors);
    if (name === 'first') return this.random.chance(40) ? 101 : this.random.int(0, 4);
    const values = SCALARS[type.name];
    return values && this.random.pick(values);
  }

  #object(type: GraphQLInputObjectType): unknown {
    const made: Record<string, unknown> = {};
    for (const field of Object.values(type.getFields())) {
      const isRequired = isNonNullType(field.type) && field.defaultValue === undefined;
      if (!isRequired && !this.random.chance(250)) continue;
      const value = this.#value(field.type, field.name);
      if (value === undefined && isRequired) return undefined;
      if (value !== undefined) made[field.name] = value;
    }
    return made;
  }

  #id(name: string): string {
    const wanted = name.replace(/Id$/, '').replace(/^./, (letter) => letter.toUpperCase());
    const ids = this.seen.idsOf(wanted);
    if (ids.length > 0 && this.random.chance(900)) return this.random.pick(ids);
    const { types } = this.seen;
    if (types.length === 0 || this.random.chance(50)) return 'no id';
    return this.random.pick(this.seen.idsOf(this.random.pick(types)));
  }
}

/** The name of a value of an enum, which is written without quotes. */
class Literal {
  constructor(readonly name: string) {}
}

function printed(value: unknown): string {
  if (value instanceof Literal) return value.name;
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${name}: ${printed(each)}`)
    .join(', ')} }`;
}

function plain(value: unknown): unknown {
  if (value instanceof Literal) return value.name;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}
