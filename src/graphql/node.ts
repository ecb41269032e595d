// TypeGraphQL asks for it when a class is decorated; this file and access.ts stand before every decorated class.
import 'reflect-metadata';
import { type ClassType, Extensions, Field, ID, InterfaceType } from 'type-graphql';
import { type GlobalId, toGlobalId } from '../kernel/ids.ts';
import type { Key, OneByKey } from './loaders.ts';

@InterfaceType({ description: 'Whatever has a global id and can be fetched again by it.' })
export abstract class Node {
  @Extensions({ globalId: true })
  @Field(() => ID, { description: 'The global id: opaque, and the same for ever.' })
  id!: string;
}

/** How a type is found again by its global id. */
export interface NodeType {
  readonly type: ClassType;
  // biome-ignore lint/suspicious/noExplicitAny: rows of all kinds
  readonly load: OneByKey<any>;
  /** Fact rows lie with their brand, and their global id holds it. */
  readonly withBrand: boolean;
}

const nodeTypes = new Map<string, NodeType>();

/** Makes rows of the type fetchable by `node(id:)`. */
// biome-ignore lint/suspicious/noExplicitAny: rows of all kinds
export function nodeType(type: ClassType, load: OneByKey<any>, { withBrand = false } = {}): void {
  nodeTypes.set(type.name, { type, load, withBrand });
}

export const nodeTypeOf = (name: string): NodeType | undefined => nodeTypes.get(name);
export const nodeTypeNames = (): string[] => [...nodeTypes.keys()];

/** The loader's key of a global id, or undefined when the id has not the shape of its type. */
export function nodeKey({ withBrand }: NodeType, { id, brandId }: GlobalId): Key | undefined {
  if (withBrand) return brandId === undefined ? undefined : [brandId, id];
  return brandId === undefined ? id : undefined;
}

/** The global id of a row. */
export function globalIdOf(typeName: string, row: { id: string; brandId?: string }): string {
  return toGlobalId(typeName, row.id, nodeTypes.get(typeName)?.withBrand ? row.brandId : undefined);
}
