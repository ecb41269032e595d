import { declareEnum } from '../../graphql/declare-enum.ts';

/** What a source story tells: where the goods of a product come from, without anybody in between. */
export const SOURCE_KINDS = ['FACTORY', 'ORIGIN', 'BELT'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const SourceKindEnum = declareEnum<SourceKind>(
  'SourceKind',
  'Where source goods 源头好货 come from.',
  {
    FACTORY: 'Straight from the factory that makes them 工厂.',
    ORIGIN: 'Straight from where they grow or are made 原产地.',
    BELT: 'Made in an industrial belt, whose agency stands for it 产业带.',
  },
);
