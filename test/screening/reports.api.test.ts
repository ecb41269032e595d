import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  alliance,
  brand,
  callers,
  clock,
  creator,
  creatorId,
  days,
  decide,
  entered,
  found,
  liveNow,
  NOW,
  openOn,
  openScreening,
  productGid,
  report,
  seen,
  stranger,
  toldOf,
  world,
} from './screening-scene.ts';

openScreening();

const REPORTS = 'reports { nodes { words reporter { name } } }';

describe('a report', () => {
  it('puts a text into the queue that the rules found nothing in', async () => {
    const { result } = await report();
    expect(result).toMatchObject({ state: 'OPEN', words: '夸大宣传', subjectId: productGid() });
    const finding = await openOn(productGid());
    expect(finding).toMatchObject({ severity: 'REVIEW', rulesVersion: null, hits: [], foundAt: NOW });
    expect(await toldOf(finding.id, callers.brand)).toEqual([['SCREENING_FOUND', {}]]);
    expect((await seen(finding.id, REPORTS)).reports.nodes).toMatchObject([{ words: '夸大宣传' }]);
  });

  it('tells the reporter what became of it, and nobody but operators who has reported', async () => {
    const { result } = await report();
    const { id } = await openOn(productGid());
    await decide(id, { outcome: 'UPHELD', penalty: { kind: 'WARNING' } });
    const { data } = await callers.stranger.query(
      '{ viewer { brand { claimReports { nodes { id state decidedAt subjectId reporter { name } } } } } }',
    );
    expect(data.viewer.brand.claimReports.nodes).toMatchObject([
      { id: result.id, state: 'UPHELD', decidedAt: NOW, subjectId: productGid() },
    ]);
    expect(await toldOf(result.id, callers.stranger)).toEqual([
      ['SCREENING_REPORT_DECIDED', { state: 'UPHELD' }],
    ]);
    expect(await toldOf(result.id, callers.brand)).toEqual([]);
    // The finding, its hits and the penalty are between the brand and the operators.
    expect(await seen(id, 'state', callers.stranger)).toBeNull();
    for (const caller of [callers.brand, callers.creator])
      expect(await seen(result.id, 'words', caller)).toBeNull();
    const { errors } = await callers.brand.query(
      `query ($id: ID!) { node(id: $id) { ... on ClaimFinding { ${REPORTS} } } }`,
      { id },
    );
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const foreign = `query ($id: ID!) { brand(id: $id) { claimReports { nodes { id } } } }`;
    expect((await callers.brand.query(foreign, { id: stranger() })).errors?.[0]?.extensions.code).toBe(
      'NOT_FOUND',
    );
  });

  it('of the same text by the same member is one; others join it', async () => {
    const [first, again] = [await report(), await report({ words: '真的夸大' })];
    expect(again.result).toEqual(first.result);
    const input = { subjectId: productGid(), words: '假的' };
    expect(said(await report({ ...input, reporterId: creator() }, callers.creator))).toBe('DONE');
    const agencyId = await world.agency();
    const agency = await alliance.memberOf(agencyId);
    expect(said(await report({ ...input, reporterId: toGlobalId('Agency', agencyId) }, agency))).toBe('DONE');
    const { id } = await openOn(productGid());
    expect((await seen(id, REPORTS)).reports.nodes).toHaveLength(3);
    const { data } = await agency.query('{ viewer { agency { claimReports { nodes { state } } } } }');
    expect(data.viewer.agency.claimReports.nodes).toEqual([{ state: 'OPEN' }]);
  });

  it('joins what the rules have found; of a text that was decided it opens a new finding', async () => {
    const subjectId = await liveNow('全网最低价');
    const finding = await openOn(subjectId, 'creator');
    const { result } = await report({ subjectId });
    expect((await openOn(subjectId, 'creator')).id).toBe(finding.id);
    await decide(finding.id, { outcome: 'DISMISSED' });
    expect((await report({ subjectId })).result).toEqual({ ...result, state: 'DISMISSED' });
    expect(said(await report({ subjectId, reporterId: brand() }, callers.brand))).toBe('DONE');
    expect((await openOn(subjectId, 'creator')).id).not.toBe(finding.id);
  });

  it('is of the text as it stood: another one may be reported anew', async () => {
    const { result } = await report();
    const text = { productId: productGid(), title: '绿苹果' };
    await act(callers.brand, 'productSuspend', { productId: productGid() });
    await act(callers.brand, 'productTextChange', text);
    expect(await seen(result.id, 'state')).toEqual({ state: 'SUPERSEDED' });
    expect(await toldOf(result.id, callers.stranger)).toEqual([
      ['SCREENING_REPORT_DECIDED', { state: 'SUPERSEDED' }],
    ]);
    const second = await report();
    expect(second.result.id).not.toBe(result.id);
    expect(second.result.state).toBe('OPEN');
  });

  it('is made for an organisation of one’s own, of what one can see, and not of oneself', async () => {
    const draft = await entered('苹果');
    const content = { title: '直播', startsAt: days(1), plannedMinutes: 60, merchandise: [] };
    const plan = await act(callers.creator, 'livePlanCreate', { creatorId: creator(), content }, 'id');
    for (const subjectId of [draft, plan.result.id, toGlobalId('Product', creatorId), brand(), 'nonsense'])
      expect([subjectId, said(await report({ subjectId }))]).toEqual([subjectId, 'NotFoundError']);
    for (const reporterId of [brand(), creator(), toGlobalId('Alliance', alliance.id), 'x'])
      expect([reporterId, said(await report({ reporterId }))]).toEqual([reporterId, 'NotFoundError']);
    const own = await report({ reporterId: brand() }, callers.brand);
    expect(own.userErrors).toMatchObject([{ __typename: 'InvalidInput', path: ['input', 'subjectId'] }]);
    for (const words of ['', ' ', 'a\u0000b', 'x'.repeat(1001), '\ud800'])
      expect(said(await report({ words }))).toBe('InvalidInput');
    expect(said(await report({}, alliance.withHeader()))).toBe('UNAUTHENTICATED');
    expect(await found()).toEqual([]);
  });

  it('is one of at most 20 in 24 hours', async () => {
    const sessions: string[] = [];
    for (let i = 0; i < 22; i++) sessions.push(await liveNow(`直播 ${i}`));
    const outcomes = await Promise.all(sessions.map((subjectId) => report({ subjectId })));
    expect(outcomes.filter((it) => said(it) === 'DONE')).toHaveLength(20);
    expect(outcomes.filter((it) => said(it) === 'TooManyReports')).toHaveLength(2);
    const left = sessions.filter((_, i) => said(outcomes[i] as never) !== 'DONE');
    const { data } = await callers.stranger.query(
      `mutation ($input: ClaimReportInput!) { claimReport(input: $input) { userErrors {
        ... on TooManyReports { most retryAt path } } } }`,
      { input: { reporterId: stranger(), subjectId: left[0], words: 'x', idempotencyKey: 'too-many-1' } },
    );
    expect(data.claimReport.userErrors).toEqual([
      { most: 20, retryAt: days(1), path: ['input', 'reporterId'] },
    ]);
    // What is there already is no further one, and others are not held up.
    const done = sessions.find((id) => !left.includes(id));
    expect(said(await report({ subjectId: done }))).toBe('DONE');
    expect(said(await report({ subjectId: left[0], reporterId: brand() }, callers.brand))).toBe('DONE');
    clock.set(days(1));
    expect(said(await report({ subjectId: left[0] }))).toBe('DONE');
  });

  it('of many at once on one text is one finding', async () => {
    const reporters = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const id = await world.creator();
        return { id: toGlobalId('Creator', id), caller: await alliance.memberOf(id) };
      }),
    );
    const outcomes = await Promise.all(
      [...reporters, ...reporters].map(({ id, caller }) => report({ reporterId: id }, caller)),
    );
    expect(outcomes.map(said)).toEqual(outcomes.map(() => 'DONE'));
    expect(new Set(outcomes.map(({ result }) => result.id)).size).toBe(6);
    const { id } = await openOn(productGid());
    expect((await seen(id, REPORTS)).reports.nodes).toHaveLength(6);
  });

  it('of a text that is decided at the same moment belongs to that, or to a new finding', async () => {
    await report();
    const { id } = await openOn(productGid());
    const [decided, reported] = await Promise.all([
      decide(id, { penalty: { kind: 'EXPELLED' } }),
      report({ reporterId: creator() }, callers.creator),
    ]);
    expect([said(decided), said(reported)]).toEqual(['DONE', 'DONE']);
    const states = (await found()).map(({ state }: Json) => state).sort();
    expect([['UPHELD'], ['OPEN', 'UPHELD']]).toContainEqual(states);
  });
});
