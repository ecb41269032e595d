import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seatUser } from '../../src/features/account/index.ts';
import { readSecret } from '../../src/features/statement/index.ts';
import { signAddress } from '../../src/kernel/signed-address.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import type { Json } from '../kit/alliance.ts';
import { minorOf, readCsv, type Scene, statementScene } from './scene.ts';

let scene: Scene;
/** The statement of the creator for July, as the API shows it. */
let july: Json;

const FIELDS = `number month currency sha256 csvUrl orderLinesCsvUrl jsonUrl pageUrl
  openingBalance { minorUnits } closingBalance { minorUnits }
  accounts { kind openingBalance { minorUnits } closingBalance { minorUnits } in { minorUnits } out { minorUnits } linesSha256 }
  totals { account kind transfers in { minorUnits } out { minorUnits } }`;

beforeAll(async () => {
  scene = await statementScene({
    creatorName: '=HYPERLINK("http://evil.example","林小满")',
    brandName: '<script>alert(1)</script>"&',
    productTitle: '@SUM(A1), "杯"',
  });
  const { data } = await scene.creator.query(`{ viewer { creator { statements { nodes { ${FIELDS} } } } } }`);
  july = data.viewer.creator.statements.nodes[0];
});
afterAll(() => scene.alliance.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${scene.alliance.server.url}${path}`, { headers });

async function textOf(path: string): Promise<string> {
  const response = await get(path);
  expect(response.status).toBe(200);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
}

const totalOf = (kind: string, account = 'PAYABLE') => {
  const total = july.totals.find((each: Json) => each.kind === kind && each.account === account);
  return BigInt(total.in.minorUnits) - BigInt(total.out.minorUnits);
};

describe('the CSV file', () => {
  it('has a row for each line, which lead from the opening to the closing balance of each account', async () => {
    const rows = readCsv(await textOf(july.csvUrl));
    for (const account of july.accounts) {
      const own = rows.filter((row) => row.account === account.kind);
      let balance = BigInt(account.openingBalance.minorUnits);
      for (const row of own) {
        balance += minorOf(row.amount_in ?? '') - minorOf(row.amount_out ?? '');
        expect(minorOf(row.balance ?? '')).toBe(balance);
      }
      expect(balance).toBe(BigInt(account.closingBalance.minorUnits));
    }
    for (const { account, kind, transfers, in: came, out } of july.totals) {
      const own = rows.filter((row) => row.account === account && row.kind === kind);
      const sum = (name: string) => own.reduce((total, row) => total + minorOf(row[name] ?? ''), 0n);
      expect([BigInt(own.length), sum('amount_in'), sum('amount_out')]).toEqual(
        [transfers, came.minorUnits, out.minorUnits].map(BigInt),
      );
    }
  });

  it('has nothing that a spreadsheet would run', async () => {
    const rows = readCsv(await textOf(july.orderLinesCsvUrl));
    expect(rows[0]).toMatchObject({ product: '\'@SUM(A1), "杯"', order_no: "'-O1" });
    const { data } = await scene.brand.query(
      '{ viewer { brand { statements(first: 1) { nodes { csvUrl } } } } }',
    );
    const ofBrand = readCsv(await textOf(data.viewer.brand.statements.nodes[0].csvUrl));
    const names = ofBrand.map(({ counterpart }) => counterpart);
    expect(names).toContain('\'=HYPERLINK("http://evil.example","林小满")');
    for (const row of ofBrand) {
      for (const value of Object.values(row)) expect(value).not.toMatch(/^[=+@]|^-(?!\d+\.\d\d$)/);
    }
  });
});

describe('the order lines behind a statement', () => {
  it('sum to what was settled and taken back, to the unit', async () => {
    const rows = readCsv(await textOf(july.orderLinesCsvUrl));
    const netOf = (kind: string) =>
      rows.filter((row) => row.kind === kind).reduce((sum, { net }) => sum + minorOf(net ?? ''), 0n);
    expect(rows.filter(({ kind }) => kind === 'SETTLEMENT')).toHaveLength(4);
    expect(netOf('SETTLEMENT')).toBe(totalOf('SETTLEMENT'));
    expect(netOf('CLAWBACK')).toBe(totalOf('CLAWBACK', 'RECEIVABLE'));
    expect(netOf('CLAWBACK')).toBe(-288n);
    // 100.00 at 20 %: 20.00, of which the fee takes 2.00 and the agency 3.60.
    expect(rows.find((row) => row.order_no === "'-O1" && row.kind === 'SETTLEMENT')).toMatchObject({
      base: '100.00',
      role: 'CREATOR',
      rate_percent: '20.00',
      gross: '20.00',
      net: '14.40',
    });
    expect(rows.find(({ kind }) => kind === 'CLAWBACK')).toMatchObject({
      base: '-20.00',
      gross: '-4.00',
      net: '-2.88',
    });
  });

  it('of the brand are those of all payees, and sum to what it has paid', async () => {
    const { data } = await scene.brand.query(
      `{ viewer { brand { statements(first: 1) { nodes { ${FIELDS} } } } } }`,
    );
    const [statement] = data.viewer.brand.statements.nodes;
    const rows = readCsv(await textOf(statement.orderLinesCsvUrl));
    for (const kind of ['SETTLEMENT', 'CLAWBACK']) {
      const total = statement.totals.find((each: Json) => each.kind === kind);
      const paid = rows.filter((row) => row.kind === kind);
      expect(paid.reduce((sum, { net }) => sum + minorOf(net ?? ''), 0n)).toBe(
        BigInt(total.out.minorUnits) - BigInt(total.in.minorUnits),
      );
    }
    expect(new Set(rows.map(({ role }) => role))).toEqual(new Set(['CREATOR', 'MCN', 'TECHNICAL_FEE']));
  });
});

describe('the JSON file', () => {
  it('is checked by its hashes, without anything of ours', async () => {
    const file = JSON.parse(await textOf(july.jsonUrl));
    const sorted = (value: Json): Json =>
      Array.isArray(value)
        ? value.map(sorted)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(
              Object.keys(value)
                .sort()
                .map((key) => [key, sorted(value[key])]),
            )
          : value;
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(sha256(JSON.stringify(sorted(file.statement)))).toBe(july.sha256);
    expect(file.sha256).toBe(july.sha256);
    for (const { kind, linesSha256 } of file.statement.accounts) {
      const fields = ['posting', 'transactionId', 'transferNo', 'kind', 'changeMinor', 'balanceMinor'];
      const text = file.lines
        .filter(({ account }: Json) => account === kind)
        .map(
          (line: Json) => `${[...fields, 'occurredAt', 'postedAt'].map((name) => line[name]).join('\t')}\n`,
        );
      expect(sha256(text.join(''))).toBe(linesSha256);
    }
  });
});

describe('the page', () => {
  it('holds what others have written as text, and its own style only', async () => {
    const response = await get(july.pageUrl);
    const html = await response.text();
    expect(html).not.toMatch(/<script|javascript:|http:\/\/evil\.example"/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;');
    expect(html).toContain('代扣税款');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const anchors = [...html.matchAll(/href="#([^"]+)"/g)].map(([, name]) => name);
    expect(anchors.length).toBeGreaterThan(8);
    for (const anchor of anchors) expect(html).toContain(` id="${anchor}"`);
  });
});

describe('an address', () => {
  const refused = async (path: string, headers: Record<string, string> = {}) => {
    const response = await get(path, headers);
    expect([path, response.status]).toEqual([path, 404]);
    expect(response.headers.get('content-type')).toMatch(/application\/json/);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  };

  it('opens its own file for an hour, and nothing else', async () => {
    const url = new URL(july.csvUrl, 'http://localhost');
    const { signature = '', expires = '' } = Object.fromEntries(url.searchParams);
    const query = `?expires=${expires}&signature=${signature}`;
    await refused(`/statements/${july.number}.json${query}`);
    await refused(`/statements/${july.number}.lines.csv${query}`);
    await refused(`/statements/${july.number.replace('07', '06')}.csv${query}`);
    await refused(`${url.pathname}?expires=${Number(expires) + 1}&signature=${signature}`);
    await refused(`${url.pathname}?expires=${expires}&signature=${signature.slice(0, -1)}`);
    await refused(`${url.pathname}?expires=${expires}&signature=`);
    await refused(`${url.pathname}?expires=1e99&signature=${signature}`);
    await refused(`${url.pathname}?expires=${expires}`);
    await refused(`${url.pathname}${query}&expires=${expires}`);
    await refused(`${url.pathname}?signature[a]=b&expires[]=c`);
    await refused(url.pathname);
    const secret = await readSecret(scene.alliance.database);
    const hourAgo = new Date(scene.clock.now().getTime() - 3_600_000);
    await refused(signAddress(secret, url.pathname, hourAgo));
    expect((await get(signAddress(secret, url.pathname, new Date(hourAgo.getTime() + 1000)))).status).toBe(
      200,
    );
    await refused(signAddress(Buffer.alloc(32), url.pathname, scene.clock.now()));
  });

  it('opens to a member and an operator by the Authorization header, and to no other', async () => {
    const bearerOf = async (partyId: string, subject: string) => {
      const person = { issuer: LOCAL_ISSUER, subject, name: subject };
      await scene.alliance.database.transaction((tx) =>
        seatUser(tx, person, partyId, 'VIEWER', scene.clock.now()),
      );
      return { authorization: `Bearer ${(await scene.alliance.issuer.issue(subject, subject)).token}` };
    };
    const path = `/statements/${july.number}.csv`;
    expect((await get(path, await bearerOf(scene.creatorId, 'own'))).status).toBe(200);
    expect((await get(path, await bearerOf(scene.alliance.id, 'op'))).status).toBe(200);
    await refused(path, await bearerOf(scene.product.brandId, 'brand'));
    await refused(path, await bearerOf(scene.agencyId, 'agency'));
    expect((await get(path, { authorization: 'Bearer nonsense' })).status).toBe(401);
  });

  it('of a number that is none is not found, whatever it is', async () => {
    const hostile = [
      'GA-2026-07-000001',
      'GA-2026-07-999999.csv',
      'GA-2026-13-000001.csv',
      "GA-2026-07-000001'--.csv",
      '%00.csv',
      '..%2f..%2fetc%2fpasswd',
      '.csv',
      `GA-2026-07-${'0'.repeat(60)}.csv`,
      'GA-2026-07-000001.csv.csv',
      'constructor.__proto__',
    ];
    for (const name of hostile) await refused(`/statements/${name}`);
    for (const number of ['', 'x', '\u0000', '\ud800', 'GA-2026-07-999999', 'GA-2026-07-000001;drop']) {
      const { data, errors } = await scene.operator.query(
        'query ($n: String!) { statement(number: $n) { id } }',
        {
          n: number,
        },
      );
      expect([number, data, errors?.[0]?.extensions.code]).toEqual([
        number,
        { statement: null },
        'NOT_FOUND',
      ]);
    }
    const { errors } = await scene.operator.query('{ statements(month: "2026-7") { nodes { id } } }');
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('leaves no signature in the log', () => {
    expect(scene.alliance.log.join('')).not.toMatch(/signature=/);
  });
});

describe('the API', () => {
  it('gives statements to their party and to operators', async () => {
    const ask = (caller: { query: Scene['creator']['query'] }) =>
      caller.query('query ($n: String!) { statement(number: $n) { number party { name } } }', {
        n: july.number,
      });
    expect((await ask(scene.creator)).data.statement.number).toBe(july.number);
    expect((await ask(scene.operator)).data.statement.number).toBe(july.number);
    expect((await ask(scene.brand)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const all = await scene.operator.query('{ statements(month: "2026-07") { nodes { number } } }');
    const [counted] = await scene.alliance.database.rows(
      sql<{ count: bigint }>`select count(*) from statement where month = '2026-07'`,
    );
    expect(BigInt(all.data.statements.nodes.length)).toBe(counted?.count);
    const own = await scene.creator.query('{ statements { nodes { number } } }');
    expect(own.data.statements.nodes).toEqual([{ number: july.number }]);
  });

  it('pages through the lines, each with its order lines', async () => {
    const numbers: string[] = [];
    let net = 0n;
    for (let after: string | null = null; ; ) {
      const { data }: Json = await scene.creator.query(
        `query ($n: String!, $after: String) { statement(number: $n) { lines(first: 2, after: $after) {
          nodes { account posting kind change { minorUnits } counterpart { name }
            orderLines { nodes { orderNo net { minorUnits } orderLine { orderNo } parts { role rate net { amount } } } } }
          pageInfo { hasNextPage endCursor } } } }`,
        { n: july.number, after },
      );
      const { nodes, pageInfo } = data.statement.lines;
      for (const { account, posting, kind, orderLines } of nodes) {
        numbers.push(`${account} ${posting}`);
        for (const each of orderLines.nodes) {
          expect(each.orderLine.orderNo).toBe(each.orderNo);
          if (kind === 'SETTLEMENT') net += BigInt(each.net.minorUnits);
        }
      }
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(new Set(numbers).size).toBe(numbers.length);
    const transfers = july.totals.reduce((sum: number, { transfers: count }: Json) => sum + Number(count), 0);
    expect(numbers).toHaveLength(transfers);
    expect(net).toBe(totalOf('SETTLEMENT'));
  });
});
