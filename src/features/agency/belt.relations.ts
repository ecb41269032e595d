import { rule, selfAndOperators, signedIn } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { relate, toOne, toOneOrNone } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import type { NamedAgency } from './agency.loaders.ts';
import { toAgency } from './agency.relations.ts';
import { Agency } from './agency.types.ts';
import type { BeltRow, LiveBaseRow } from './belt.entity.ts';
import {
  beltById,
  beltsOfAgency,
  brandsOfBelt,
  joinsOfBelt,
  joinsOfBrand,
  liveBasesOfBelt,
  type ReadBeltJoin,
} from './belt.loaders.ts';
import { BeltJoin, IndustrialBelt } from './belt.types.ts';
import { LiveBase } from './live-base.types.ts';

const beltAgency = rule<BeltRow>(
  'the agency of the belt and operators',
  (actor, { agencyId }) => isMember(actor, agencyId) || isOperator(actor),
);

const ofBelt = (description: string) => toOne(() => IndustrialBelt, beltById, 'beltId', description);

export const beltRelations = [
  ...relate<BeltRow>(IndustrialBelt, {
    agency: toAgency('The agency that runs it.'),
    brands: {
      kind: 'page',
      type: () => Brand,
      description: 'The brands that belong to it.',
      key: ({ id }) => id,
      load: brandsOfBelt,
    },
    liveBases: {
      kind: 'page',
      type: () => LiveBase,
      description: 'Its live bases, also those that are closed, newest first.',
      key: ({ id }) => id,
      load: liveBasesOfBelt,
    },
    joins: {
      kind: 'page',
      type: () => BeltJoin,
      description: 'What brands have asked to join it, newest first.',
      key: ({ id }) => id,
      load: joinsOfBelt,
      access: beltAgency,
    },
  }),
  ...relate<NamedAgency>(Agency, {
    belts: {
      kind: 'page',
      type: () => IndustrialBelt,
      description: 'The industrial belts that it runs, newest first.',
      key: ({ id }) => id,
      load: beltsOfAgency,
      access: signedIn,
    },
  }),
  ...relate<NamedBrand>(Brand, {
    belt: toOneOrNone(
      () => IndustrialBelt,
      beltById,
      'beltId',
      'The industrial belt that the brand belongs to, if any.',
    ),
    beltJoins: {
      kind: 'page',
      type: () => BeltJoin,
      description: 'What belts it has asked to join, newest first.',
      key: ({ id }) => id,
      load: joinsOfBrand,
      access: selfAndOperators,
    },
  }),
  ...relate<ReadBeltJoin>(BeltJoin, {
    belt: ofBelt('The belt that it is about.'),
    brand: toBrand('The brand that asks.'),
  }),
  ...relate<LiveBaseRow>(LiveBase, { belt: ofBelt('The belt that it belongs to.') }),
];
