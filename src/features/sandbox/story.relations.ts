import { relate, type ToOne } from '../../graphql/relation.ts';
import { lineById, OrderLine } from '../order/index.ts';
import { SandboxStoryRun, SandboxStoryStep } from './story.types.ts';

interface OfLine {
  readonly brandId: string | null;
  readonly lineId: string | null;
}

const toLine = (description: string): ToOne<OfLine> => ({
  kind: 'one',
  type: () => OrderLine,
  description,
  load: lineById,
  key: ({ brandId, lineId }) => (brandId === null || lineId === null ? null : [brandId, lineId]),
  // A system that is not an operator's sees the lines of its own brand alone.
  nullable: true,
});

export const storyRelations = [
  ...relate<OfLine>(SandboxStoryRun, {
    orderLine: toLine(
      'The order line that the story ended with, as it is now; null where it is not open to the caller.',
    ),
  }),
  ...relate<OfLine>(SandboxStoryStep, {
    orderLine: toLine(
      'The order line that the step is about, as it is now; null where it is not open to the caller.',
    ),
  }),
];
