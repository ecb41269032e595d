// TypeGraphQL asks for it when a class is decorated; this file and node.ts stand before every decorated class.
import 'reflect-metadata';
import { Extensions } from 'type-graphql';
import { type Actor, isMember, isOperator, isSignedIn, mayOperate } from './actor.ts';

/**
 * An access rule. On an object type it decides which rows of it a caller may meet, on whatever way; on a field,
 * whether the caller may read the field of that row; on a root field, whether the caller may ask at all.
 */
export interface AccessRule<Row = never> {
  /** What the rule says, in a few words, for readers and for the test that walks the schema. */
  readonly name: string;
  readonly allows: (actor: Actor, row: Row) => boolean;
}

export const rule = <Row = unknown>(
  name: string,
  allows: (actor: Actor, row: Row) => boolean,
): AccessRule<Row> => ({
  name,
  allows,
});

/** Open to everybody, also without a token. */
export const anyone = rule('anyone', () => true);
/** Open to every member of the alliance. */
export const signedIn = rule('signed in', isSignedIn);
/** Open to people with an access token, not to systems with a key. */
export const people = rule('people with an access token', (actor) => actor.kind === 'USER');
export const operatorsOnly = rule('operators', isOperator);
/** For what operators do: who only looks on for the alliance, and a key of it without the scope, does not. */
export const actingOperators = rule('operators who may write', (actor) =>
  mayOperate(actor, 'cooperation:write'),
);
/** For types that are a part of another object's answer: whoever may read that may read this. */
export const withParent = rule('whoever may read the parent', () => true);
/** The organisation itself and operators; the row is the organisation. */
export const selfAndOperators = rule<{ id: string }>(
  'the organisation itself and operators',
  (actor, row) => isMember(actor, row.id) || isOperator(actor),
);

const rules = new Map<unknown, AccessRule>();

type AnyDecorator = (target: object, property?: string | symbol, descriptor?: PropertyDescriptor) => void;

/** Names the access rule of an object type, of a field, or of a query or mutation. */
export function Access<Row>(access: AccessRule<Row>): AnyDecorator {
  const extend = Extensions({ access }) as AnyDecorator;
  return (target, property, descriptor) => {
    if (property === undefined) rules.set(target, access as AccessRule);
    extend(target, property, descriptor);
  };
}

/** The access rule of an object type, by its class. */
export function accessOf(type: { name: string }): AccessRule {
  const found = rules.get(type);
  if (found === undefined) throw new Error(`The type ${type.name} has no access rule.`);
  return found;
}
