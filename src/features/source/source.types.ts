import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { type SourceKind, SourceKindEnum } from '../product/index.ts';
import type { DocumentKind } from './evidence.ts';
import { visibleStory } from './source.access.ts';
import { type DocumentRow, type LineSourceRow, type StoryRow, storyById } from './story.loaders.ts';
import type { StoryState } from './story-state.ts';

const StoryStateEnum = declareEnum<StoryState>('SourceStoryState', 'Where a source story is in its life.', {
  SUBMITTED: 'It waits for the agency of the belt, if it names one, and for the operator.',
  CONFIRMED: 'The agency of the belt stands for it; the operator decides.',
  VERIFIED: 'It is shown with its product.',
  REJECTED: 'It was not believed, and the reason says why.',
  WITHDRAWN: 'It was taken back before it was verified.',
  SUPERSEDED: 'A later version has taken its place.',
  EXPIRED: 'The first of its documents has ended.',
  REVOKED: 'It was verified, and has ended with a reason.',
  LEFT_BELT: 'The brand no longer belongs to its belt.',
});

const DocumentKindEnum = declareEnum<DocumentKind>('SourceDocumentKind', 'What a document is.', {
  BUSINESS_LICENCE: 'The business licence of the factory 营业执照.',
  FACTORY_AUDIT: 'The report of an audit of the factory 验厂报告.',
  ORIGIN_CERTIFICATE: 'A certificate of origin 原产地证明.',
  GEOGRAPHICAL_INDICATION: 'The right to a protected geographical indication 地理标志.',
  TEST_REPORT: 'The report of a laboratory 检测报告.',
  PHOTOGRAPH: 'A photograph or a film of the place 实地影像.',
  OTHER: 'Something else.',
});

@Access(withParent)
@ObjectType({
  description:
    'A document of a source story. The file lies elsewhere; by its hash everybody can tell whether a file is the one.',
})
export class SourceDocument
  implements Pick<DocumentRow, 'kind' | 'title' | 'issuer' | 'sha256' | 'issuedAt'>
{
  @Field(() => DocumentKindEnum, { description: 'What it is.' })
  kind!: DocumentKind;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => String, { description: 'Who has issued it.' })
  issuer!: string;

  @Field(() => String, { description: 'The SHA-256 of the file, in 64 hexadecimal digits.' })
  sha256!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The https address where it may be read, if there is one.',
  })
  url?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was issued.' })
  issuedAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From then on it proves nothing; null for one that does not end.',
  })
  expiresAt?: Date | null;
}

@Access(visibleStory)
@ObjectType({
  implements: Node,
  description:
    'One version of the source story of a product 源头好货: where its goods come from, and what proves it. It holds from ' +
    'verifiedAt until expiresAt or endedAt, whichever is first; lines keep the one that they were placed under.',
})
export class SourceStory
  extends Node
  implements Pick<StoryRow, 'version' | 'kind' | 'place' | 'about' | 'state' | 'inForce' | 'submittedAt'>
{
  @Field(() => Int, { description: 'Its number: each version of the product has the next.' })
  version!: number;

  @Field(() => SourceKindEnum, { description: 'What it tells.' })
  kind!: SourceKind;

  @Field(() => String, { description: 'Where the goods come from.' })
  place!: string;

  @Field(() => String, { description: 'The story, in the words of whoever submitted it.' })
  about!: string;

  @Field(() => StoryStateEnum, { description: 'Where it is in its life.' })
  state!: StoryState;

  @Field(() => Boolean, { description: 'Whether it is verified, and none of its documents has ended.' })
  inForce!: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was submitted.' })
  submittedAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Since when the agency of the belt stands for it.',
  })
  confirmedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'From when on it was verified.' })
  verifiedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the first of its documents ends; null when none does.',
  })
  expiresAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ended, if it did.' })
  endedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected or revoked.' })
  reason?: string | null;
}

@Access(withParent)
@ObjectType({
  description: 'What an order line was bought as: the source story in force when it was placed.',
})
export class LineSource implements Pick<LineSourceRow, 'kind' | 'place' | 'version' | 'verifiedAt'> {
  @Field(() => SourceKindEnum, { description: 'What the story told.' })
  kind!: SourceKind;

  @Field(() => String, { description: 'Where the goods came from.' })
  place!: string;

  @Field(() => Int, { description: 'The version of the story.' })
  version!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on it was verified.' })
  verifiedAt!: Date;
}

/** What a comparison of a file with the documents of a product has found. */
export interface DocumentCheck {
  readonly matches: boolean;
  readonly document: DocumentRow | null;
  /** Of the story that is in force, if there is one. */
  readonly version: number | null;
}

@Access(withParent)
@ObjectType({
  description: 'Whether a file is one of the documents that prove where the goods of a product come from.',
})
export class SourceDocumentCheck implements Pick<DocumentCheck, 'matches'> {
  @Field(() => Boolean, {
    description: 'Whether its hash is that of a document of the story that is in force now.',
  })
  matches!: boolean;

  @Field(() => SourceDocument, { nullable: true, description: 'The document that it is, if it is one.' })
  document?: DocumentRow | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version of the story that it was compared with; null when none is in force.',
  })
  version?: number | null;
}

@InputType({ description: 'A document that proves a source story.' })
export class SourceDocumentInput {
  @Field(() => DocumentKindEnum, { description: 'What it is.' })
  kind!: DocumentKind;

  @Field(() => String, { description: 'Its title, 1 to 200 characters.' })
  title!: string;

  @Field(() => String, { description: 'Who has issued it, 1 to 200 characters.' })
  issuer!: string;

  @Field(() => String, { description: 'The SHA-256 of the file, in 64 hexadecimal digits.' })
  sha256!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The https address where it may be read, at most 500 characters. Whoever sees the story sees it.',
  })
  url?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was issued, in the past.' })
  issuedAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From then on it proves nothing; left out for one that does not end.',
  })
  expiresAt?: Date | null;
}

@InputType({ description: 'What a product says of its source.' })
export class SourceStorySubmitInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => SourceKindEnum, {
    description:
      'What it tells. FACTORY needs a FACTORY_AUDIT or a BUSINESS_LICENCE, ORIGIN an ORIGIN_CERTIFICATE or a ' +
      'GEOGRAPHICAL_INDICATION, BELT names the belt of the brand.',
  })
  kind!: SourceKind;

  @Field(() => String, { description: 'Where the goods come from, 1 to 200 characters.' })
  place!: string;

  @Field(() => String, { description: 'The story, at most 2000 characters.' })
  about!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The belt that the brand belongs to; its agency confirms the story before it is verified.',
  })
  beltId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'An open live base of that belt, where the goods are shown.',
  })
  liveBaseId?: string | null;

  @Field(() => [SourceDocumentInput], { description: 'What proves it, 1 to 10 documents, each once.' })
  documents!: SourceDocumentInput[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A source story to move on in its life.' })
export class SourceStoryMoveInput {
  @Field(() => ID, { description: 'The version of the story.' })
  sourceStoryId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A source story to end, and why.' })
export class SourceStoryEndInput extends SourceStoryMoveInput {
  @Field(() => String, { description: 'Why, 1 to 500 characters; its parties read it.' })
  reason!: string;
}

nodeType(SourceStory, storyById);
