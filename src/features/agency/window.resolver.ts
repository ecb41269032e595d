import { sql } from 'kysely';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, signedIn } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import { connectionOf, keyset, limitOf, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { type ReadWindow, windowById, windowsWhere } from './certification.loaders.ts';
import { closeWindow } from './close-window.ts';
import { openWindow } from './open-window.ts';
import {
  CertificationWindow,
  CertificationWindowArgs,
  CertificationWindowCloseInput,
  CertificationWindowOpenInput,
} from './window.types.ts';
import { windowState } from './window-state.ts';

const OpenPayload = payloadOf('certificationWindowOpen', 'window', () => CertificationWindow);
const ClosePayload = payloadOf('certificationWindowClose', 'window', () => CertificationWindow);
const WindowConnection = connectionOf(CertificationWindow);

const MOST = 1_000_000;
const TWO_YEARS_MS = 731 * 86_400_000;
const found = {
  idOf: ({ id }: ReadWindow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(windowById, id),
};

@Resolver()
export class CertificationWindowResolver {
  @Access(signedIn)
  @Query(() => WindowConnection, {
    description: 'The windows in which agencies may apply for a certificate, newest first.',
  })
  async certificationWindows(
    @Args(() => CertificationWindowArgs) args: CertificationWindowArgs,
    @Ctx() { database, clock }: RequestContext,
  ) {
    const page = toPage(args, 'certificationWindows');
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
    const now = clock.now();
    const inState = args.state == null ? sql`true` : sql`${windowState(now)} = ${args.state}`;
    const listed = sql`${inState} and ${where} order by ${order} ${limitOf(page)}`;
    return toConnection(await database.rows(windowsWhere(listed, now)), page, ({ id }) => [id]);
  }

  @Access(actingOperators)
  @Mutation(() => OpenPayload, {
    description: 'Opens a window for applications; the agencies that offer its services are told.',
  })
  async certificationWindowOpen(
    @Arg('input', () => CertificationWindowOpenInput) input: CertificationWindowOpenInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadWindow>> {
    return mutate(context, { ...found, operation: 'certificationWindowOpen', input }, async (tx) => {
      const now = context.clock.now();
      const opensAt = input.opensAt ?? now;
      checkWindow(input, opensAt, now);
      const { idempotencyKey: _key, foundedBefore, ...values } = input;
      const founded = foundedBefore?.toISOString().slice(0, 10) ?? null;
      const id = await openWindow(tx, { ...values, opensAt, foundedBefore: founded }, now);
      return readAgain(tx, windowById, id, now);
    });
  }

  @Access(actingOperators)
  @Mutation(() => ClosePayload, {
    description: 'Closes a window now. What was applied for before is still reviewed.',
  })
  async certificationWindowClose(
    @Arg('input', () => CertificationWindowCloseInput) input: CertificationWindowCloseInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadWindow>> {
    return mutate(context, { ...found, operation: 'certificationWindowClose', input }, async (tx) => {
      const now = context.clock.now();
      const naming = { field: 'windowId', type: 'CertificationWindow', load: windowById };
      const { id } = await namedRow(tx, input.windowId, naming);
      await closeWindow(tx, id, now);
      return readAgain(tx, windowById, id, now);
    });
  }
}

/** Throws the refusal of an input that no window can be made of. */
function checkWindow(input: CertificationWindowOpenInput, opensAt: Date, now: Date): void {
  const { services, closesAt, minStaff, minFinishedCases, foundedBefore, certificateMonths } = input;
  const counts = (value: number) => value >= 0 && value <= MOST;
  const isPast = (at: Date) => at.getUTCFullYear() >= 1800 && at <= now;
  new Checks()
    .text(input.title, 'title', 1, 200)
    .text(input.about, 'about', 0, 5000)
    .that(
      services.length >= 1 && new Set(services).size === services.length,
      'services',
      'Each service once, at least one.',
    )
    .that(opensAt >= now, 'opensAt', 'A window opens now or later.')
    .that(closesAt > opensAt, 'closesAt', 'A window closes after it has opened.')
    .that(closesAt.getTime() - now.getTime() <= TWO_YEARS_MS, 'closesAt', 'A window closes within two years.')
    .that(counts(minStaff), 'minStaff', `A whole number from 0 to ${MOST}.`)
    .that(counts(minFinishedCases), 'minFinishedCases', `A whole number from 0 to ${MOST}.`)
    .that(foundedBefore == null || isPast(foundedBefore), 'foundedBefore', 'A day from 1800 to today.')
    .that(certificateMonths >= 1 && certificateMonths <= 120, 'certificateMonths', 'From 1 to 120 months.')
    .done();
}
