/**
 * Reads a table written as text, one row a line and cells between bars. Content reads and edits better this way
 * than as object literals. Empty lines are left out; a row of another width is a mistake and throws.
 */
export function table(text: string, width: number): string[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length !== width || cells.includes('')) throw new Error(`not ${width} cells: ${line}`);
    return cells;
  });
}

/** Reads yuan written with at most two decimals as fen: '59.9' is 5990. */
export function fen(yuan: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(yuan);
  if (!match) throw new Error(`not an amount: ${yuan}`);
  return BigInt(match[1]! + (match[2] ?? '').padEnd(2, '0'));
}
