import type { Row } from './rounds.ts';

const COLOURS: Readonly<Record<string, string>> = {
  alliance: '#b4402a',
  'graphql-js': '#e0a08f',
  raw: '#5b6770',
  postgraphile: '#3a6ea5',
  plain: '#b9a44c',
};
const BAR = 16;
const GAP = 18;
const LEFT = 230;
const WIDTH = 900;
const TOP = 60;

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Requests a second of all contenders as bars, one group an operation and concurrency, as an SVG picture. */
export function throughputChart(rows: readonly Row[], title: string): string {
  const groups = [
    ...Map.groupBy(rows, ({ operation, concurrency }) => `${operation}, ${concurrency} at once`),
  ];
  const parts: string[] = [];
  let y = TOP;
  for (const [name, group] of groups) {
    const most = Math.max(...group.map(({ median }) => median.perSecond));
    parts.push(
      `<text x="${LEFT - 110}" y="${y + BAR - 4}" text-anchor="end" font-weight="bold">${escapeXml(name)}</text>`,
    );
    for (const { contender, median } of group) {
      const length = Math.max(1, Math.round(((WIDTH - LEFT - 90) * median.perSecond) / most));
      parts.push(
        `<text x="${LEFT - 8}" y="${y + BAR - 4}" text-anchor="end">${contender}</text>`,
        `<rect x="${LEFT}" y="${y}" width="${length}" height="${BAR - 2}" fill="${COLOURS[contender] ?? '#888'}"/>`,
        `<text x="${LEFT + length + 6}" y="${y + BAR - 4}">${Math.round(median.perSecond)}</text>`,
      );
      y += BAR;
    }
    y += GAP;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="11">`,
    '<title>Requests a second of each contender</title>',
    `<rect width="${WIDTH}" height="${y}" fill="#fff"/>`,
    `<text x="20" y="24" font-size="15" font-weight="bold">Requests a second, more is better</text>`,
    `<text x="20" y="42" fill="#555">${escapeXml(title)}</text>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
