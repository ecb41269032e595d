import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOneOrNone } from '../../graphql/relation.ts';
import {
  Agency,
  agencyById,
  beltById,
  IndustrialBelt,
  LiveBase,
  liveBaseById,
  type NamedAgency,
} from '../agency/index.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { OrderLine, type ReadLine } from '../order/index.ts';
import { brandAndOperators, Product, type ProductRow, toProductOrNone } from '../product/index.ts';
import { LineSource, SourceDocument, SourceStory } from './source.types.ts';
import {
  documentsOfStory,
  type LineSourceRow,
  type StoryRow,
  sourceOfLine,
  storiesOfAgency,
  storiesOfBrand,
  storiesOfProduct,
  storyOfProduct,
} from './story.loaders.ts';

const toBelt = (description: string) => toOneOrNone(() => IndustrialBelt, beltById, 'beltId', description);

const ofStories = relate<StoryRow>(SourceStory, {
  product: toProductOrNone('The product that it is told of; null for whoever does not see it yet.'),
  brand: toBrand('The brand of the product.'),
  belt: toBelt('The industrial belt that it names, if any.'),
  agency: toOneOrNone(() => Agency, agencyById, 'agencyId', 'The agency of the belt, which stands for it.'),
  liveBase: toOneOrNone(
    () => LiveBase,
    liveBaseById,
    'liveBaseId',
    'The live base where the goods are shown.',
  ),
  documents: {
    kind: 'many',
    type: () => SourceDocument,
    description: 'What proves it, at most 10 documents.',
    key: ({ id }) => id,
    load: documentsOfStory,
  },
});

const ofProducts = relate<ProductRow>(Product, {
  sourceStory: {
    kind: 'one',
    type: () => SourceStory,
    description: 'Where its goods come from, verified by the operator; null for what is no source good.',
    key: ({ id }) => id,
    load: storyOfProduct,
    nullable: true,
  },
  sourceStories: {
    kind: 'page',
    type: () => SourceStory,
    description: 'All versions of its source story, newest first; for the brand and operators.',
    key: ({ id }) => id,
    load: storiesOfProduct,
    access: brandAndOperators,
  },
});

export const sourceRelations = [
  ...ofStories,
  ...ofProducts,
  ...relate<NamedBrand>(Brand, {
    sourceStories: {
      kind: 'page',
      type: () => SourceStory,
      description: 'The source stories of its products, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: storiesOfBrand,
      access: selfAndOperators,
    },
  }),
  ...relate<NamedAgency>(Agency, {
    sourceStories: {
      kind: 'page',
      type: () => SourceStory,
      description: 'The source stories that name its belts, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: storiesOfAgency,
      access: selfAndOperators,
    },
  }),
  ...relate<ReadLine>(OrderLine, {
    source: {
      kind: 'one',
      type: () => LineSource,
      description:
        'What it was bought as: the source story in force when it was placed, whatever has become of it since.',
      key: ({ brandId, id }) => [brandId, id],
      load: sourceOfLine,
      nullable: true,
    },
  }),
  ...relate<LineSourceRow>(LineSource, { belt: toBelt('The industrial belt that it named, if any.') }),
];
