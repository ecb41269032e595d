import type { SourceKind } from '../product/index.ts';

export const DOCUMENT_KINDS = [
  'BUSINESS_LICENCE',
  'FACTORY_AUDIT',
  'ORIGIN_CERTIFICATE',
  'GEOGRAPHICAL_INDICATION',
  'TEST_REPORT',
  'PHOTOGRAPH',
  'OTHER',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What of a document bounds the story that it proves. */
export interface Dated {
  readonly issuedAt: Date;
  /** From then on it proves nothing; null for one that does not end. */
  readonly expiresAt?: Date | null;
}

/** Of these kinds a story needs at least one document; whatever else it brings makes it more believable, and no less. */
export const NEEDED: Readonly<Record<SourceKind, readonly DocumentKind[]>> = {
  FACTORY: ['FACTORY_AUDIT', 'BUSINESS_LICENCE'],
  ORIGIN: ['ORIGIN_CERTIFICATE', 'GEOGRAPHICAL_INDICATION'],
  // The agency of the belt stands for it beside the documents.
  BELT: DOCUMENT_KINDS,
};

/** Whether documents of these kinds can prove a story of this one. */
export const proves = (kind: SourceKind, documents: readonly { readonly kind: DocumentKind }[]): boolean =>
  documents.some((document) => NEEDED[kind].includes(document.kind));

/**
 * When a story ends that rests on all of these documents: with the first of them that does, so that a verified story never
 * shows a document whose time is over. Null when none of them ends. Half-open: at that moment it holds no more.
 */
export function expiryOf(documents: readonly Dated[]): Date | null {
  const ends = documents.flatMap(({ expiresAt }) => (expiresAt == null ? [] : [expiresAt.getTime()]));
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
