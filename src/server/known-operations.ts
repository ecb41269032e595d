import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { operationsFolder } from './explorer/paths.ts';

/** Operations that have no name. */
export const ANONYMOUS_OPERATION = 'anonymous';
/** Operations whose name is none of ours: callers may make up as many names as they like. */
export const OTHER_OPERATION = 'other';

/** The names of all operations of a folder and those below it: the trusted documents and the ready queries. */
export function knownOperations(folder: string = operationsFolder): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const names = files
    .filter((file) => file.endsWith('.graphql'))
    .flatMap((file) => namesIn(readFileSync(join(folder, file), 'utf8')));
  return new Set(names);
}

function namesIn(text: string): string[] {
  return parse(text, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.name ? [definition.name.value] : [],
  );
}

/** What an operation is counted under: its name where that is one of ours, so that there are never more than those. */
export function countedName(name: string | null | undefined, known: ReadonlySet<string>): string {
  if (name == null || name === '') return ANONYMOUS_OPERATION;
  return known.has(name) ? name : OTHER_OPERATION;
}
