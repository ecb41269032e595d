import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { readersOf, seesOfCreator } from '../creator/index.ts';
import { seesProduct } from '../product/index.ts';
import type { ReadAddress, ReadSample, ReadSampleRule } from './sample.loaders.ts';

/** Both sides of a request, operators, and the agency that manages the creator where the contract lets it. */
export const visibleSample = rule<ReadSample>(
  'the brand, the creator, operators, and the managing agency where the contract lets it see the samples',
  (actor, { brandId, creatorId, managedBy, visibility }) =>
    isMember(actor, brandId) || seesOfCreator(actor, { id: creatorId, managedBy, visibility }, 'SAMPLES'),
);

export const sampleReaders = readersOf('SAMPLES');

/** Agencies never read an address, and brands and operators only while there is something to send or to wait for. */
export const visibleAddress = rule<ReadAddress>(
  'the creator; the brand and operators from the approval on until the request is over',
  (actor, { brandId, creatorId, open }) =>
    isMember(actor, creatorId) || (open && (isMember(actor, brandId) || isOperator(actor))),
);

export const visibleSampleRule = rule<ReadSampleRule>('whoever may see the product', seesProduct);
