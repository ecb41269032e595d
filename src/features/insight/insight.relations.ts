import { operatorsOnly, selfAndOperators } from '../../graphql/access.ts';
import type { PageByKey } from '../../graphql/loaders.ts';
import { relate, type ToPage } from '../../graphql/relation.ts';
import { Alliance } from '../account/index.ts';
import { Agency, type BeltRow, IndustrialBelt, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { Creator, type NamedCreator, toCreatorOrNone } from '../creator/index.ts';
import { toProductOrNone } from '../product/index.ts';
import { beltSide, readersOfInsight } from './insight.access.ts';
import {
  type InsightFilter,
  type InsightRow,
  insightOfAgency,
  insightOfAlliance,
  insightOfBelt,
  insightOfBrand,
  insightOfCreator,
} from './insight.loaders.ts';
import { Insight, InsightArgs } from './insight.types.ts';
import { InsightPart, InsightPartsArgs } from './part.types.ts';
import { type PartRow, type PartsFilter, partsOfBrand, partsOfCreator } from './parts.loaders.ts';

interface Subject {
  readonly id: string;
}

const figures = <Parent extends Subject>(
  load: PageByKey<InsightRow, InsightFilter>,
  access: ToPage<Parent>['access'],
  what: string,
): ToPage<Parent> => ({
  kind: 'page',
  type: () => Insight,
  description: `Figures by day, week, event or all together, the earliest first, ${what}.`,
  key: ({ id }) => id,
  load,
  args: () => InsightArgs,
  access,
});

const parts = <Parent extends Subject>(
  load: PageByKey<PartRow, PartsFilter>,
  access: ToPage<Parent>['access'],
  description: string,
): ToPage<Parent> => ({
  kind: 'page',
  type: () => InsightPart,
  description,
  key: ({ id }) => id,
  load,
  args: () => InsightPartsArgs,
  access,
});

export const insightRelations = [
  ...relate<NamedBrand>(Brand, {
    insight: figures<NamedBrand>(
      insightOfBrand,
      selfAndOperators,
      'of what it sells; for itself and operators',
    ),
    insightParts: parts<NamedBrand>(
      partsOfBrand,
      selfAndOperators,
      'What it sells, divided by product and creator, the highest GMV first; for itself and operators.',
    ),
  }),
  ...relate<NamedCreator>(Creator, {
    insight: figures<NamedCreator>(
      insightOfCreator,
      readersOfInsight,
      'of what is credited to the creator; for the creator, operators, and an agency that sees ORDERS and EARNINGS',
    ),
    insightParts: parts<NamedCreator>(
      partsOfCreator,
      readersOfInsight,
      'What is credited to the creator, divided by product, the highest GMV first; for the same.',
    ),
  }),
  ...relate<NamedAgency>(Agency, {
    insight: figures<NamedAgency>(
      insightOfAgency,
      selfAndOperators,
      'of the order lines that it is paid from; for itself and operators',
    ),
  }),
  ...relate<BeltRow>(IndustrialBelt, {
    insight: figures<BeltRow>(
      insightOfBelt,
      beltSide,
      'of its brands, of each from the day on which it has joined; for its agency, where three brands or more have ' +
        'sold something, and for operators',
    ),
  }),
  ...relate<Subject>(Alliance, {
    insight: figures<Subject>(insightOfAlliance, operatorsOnly, 'of all brands; for operators'),
  }),
  ...relate<PartRow>(InsightPart, {
    product: toProductOrNone(
      'The product, where it is by product; null also where the caller cannot see it.',
    ),
    creator: toCreatorOrNone('The creator, where it is by creator and one is credited.'),
  }),
];
