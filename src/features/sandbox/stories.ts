import { enrolmentById } from '../campaign/index.ts';
import { createSpreadLink } from '../promotion/index.ts';
import { MONEY_STORIES } from './money-stories.ts';
import type { Story } from './story.ts';
import { PRICE_MINOR } from './story-world.ts';

const secondLevelAndSpread: Story = {
  about:
    'Two agencies bring one product, on two levels, and a managed creator sells it: five payees, with the alliance. Then ' +
    'the same creator sells another one by a spread link, by which the agency is paid all and passes her part on.',
  days: 23,
  async tell(teller) {
    const { world } = teller;
    const product = await world.product(1000);
    const creatorId = await world.creator();
    await world.manage(await world.agency('managing agency'), creatorId, 2000);
    const first = await world.agency('recruiting agency');
    const second = await world.agency('second-level agency');
    await world.alliance();
    const parentId = await world.enrol(product, first, { commissionBp: 2000, serviceFeeBp: 300 });
    const enrolmentId = await world.enrol(product, second, {
      parentId,
      commissionBp: null,
      serviceFeeBp: 100,
    });
    const linkCode = await world.link(creatorId, product, enrolmentId);
    const line = await teller.received({ skuCode: product.skuCode, linkCode, priceMinor: PRICE_MINOR });
    await teller.waitUntilDue(line);
    await teller.note(
      'Settled: 20 % for the creator’s side and 3 % for both agencies, less their fees.',
      line,
    );

    const spread = await world.product(1000);
    const spreadId = await world.enrol(spread, first, {
      pays: 'SPREAD',
      commissionBp: 2500,
      serviceFeeBp: 0,
    });
    const enrolment = await teller.look(enrolmentById, spreadId);
    const { code } = await teller.act((tx, now) =>
      createSpreadLink(tx, enrolment, { creatorId, creatorPartBp: 2000 }, now),
    );
    const other = await teller.received({ skuCode: spread.skuCode, linkCode: code, priceMinor: PRICE_MINOR });
    await teller.waitUntilDue(other);
    await teller.note('Settled: the agency is paid 25 %, of which it passes 20 % on.', other);
  },
};

/** The ready stories of a sandbox. */
export const STORIES = {
  ...MONEY_STORIES,
  SECOND_LEVEL_AND_SPREAD: secondLevelAndSpread,
} as const satisfies Record<string, Story>;
export type StoryName = keyof typeof STORIES;
