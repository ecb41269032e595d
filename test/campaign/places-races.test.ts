import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlState, violatedConstraint } from '../../src/db/database.ts';
import { fromGlobalId } from '../../src/kernel/ids.ts';
import {
  approved,
  enrol,
  enrolled,
  makeScene,
  opened,
  pending,
  read,
  review,
  type Scene,
  told,
} from './scene.ts';

const ROUNDS = 200;

let scene: Scene;

beforeAll(async () => {
  scene = await makeScene();
});

afterAll(() => scene.alliance.close());

describe(`the last place of a campaign, ${ROUNDS} times`, () => {
  it('goes to one of two reviews that approve at once; the other is told that it is full', async () => {
    const campaign = await opened(scene, { places: 1 });
    const outcomes: string[] = [];
    const [one, other] = [await pending(scene, campaign), await pending(scene, campaign)];
    const local = fromGlobalId(campaign)?.id;
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await Promise.all([review(scene, campaign, [one]), review(scene, campaign, [other])]);
      outcomes.push(answers.flatMap(told).sort().join(' '));
      const { placesTaken } = await read(scene.agency, campaign, 'placesTaken');
      expect(placesTaken).toBe(1);
      await scene.alliance.database.rows(sql`
        with undone as (update enrolment set state = 'PENDING', decided_at = null where campaign_id = ${local})
        update recruiting_campaign set places_taken = 0 where id = ${local}`);
    }
    expect(new Set(outcomes)).toEqual(new Set(['APPROVED CampaignFull']));
  });

  it('is held by the database itself', async () => {
    const campaign = await opened(scene, { places: 1 });
    await approved(scene, campaign);
    const more = scene.alliance.database.rows(sql`
      update recruiting_campaign set places_taken = places_taken + 1 where id = ${fromGlobalId(campaign)?.id}`);
    const failure = await more.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect([sqlState(failure), violatedConstraint(failure)]).toEqual([
      '23514',
      'a_campaign_takes_no_more_than_its_places',
    ]);
  });
});

describe(`the same product enrolled twice at once, ${ROUNDS} times`, () => {
  it('is in the campaign once', async () => {
    const campaign = await opened(scene);
    const product = await scene.world.product({ brandId: scene.brandId });
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await Promise.all([
        enrol(scene, campaign, [product]),
        enrol(scene, campaign, [product]),
      ]);
      expect(answers.flatMap(told).sort()).toEqual(['AlreadyEnrolled', 'PENDING']);
      const winner = answers.find(({ result }) => result.done === 1) as (typeof answers)[0];
      await scene.alliance.database.rows(sql`
        update enrolment set state = 'WITHDRAWN' where id = ${fromGlobalId(enrolled(winner))?.id}`);
    }
  });
});
