import { CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';

/** The changes between two schemas that can break a client: where, and what has changed. */
export async function breakingChanges(
  before: GraphQLSchema,
  after: GraphQLSchema,
): Promise<{ path: string; message: string }[]> {
  const changes = await diff(before, after);
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path = '', message }) => ({ path, message }));
}

/** The changes that can break a client and that the changelog does not announce for the coming release. */
export async function unannounced(
  before: GraphQLSchema,
  after: GraphQLSchema,
  changelog: string,
): Promise<string[]> {
  const announced = announcedIn(changelog);
  const changes = await breakingChanges(before, after);
  return changes
    .filter(({ path }) => !announced.has(path))
    .map(({ path, message }) => `${path}: ${message}`)
    .sort();
}

/**
 * What the newest part of the changelog names, in backquotes, in the points that begin with "**Breaking**". Arguments are
 * written as `Query.product.id`.
 */
export function announcedIn(changelog: string): Set<string> {
  const newest = changelog.split(/^## /m)[1] ?? '';
  const points = newest.split(/^- /m).filter((point) => point.startsWith('**Breaking**'));
  return new Set(points.flatMap((point) => [...point.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)));
}
