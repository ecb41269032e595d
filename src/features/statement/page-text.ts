import { toDecimal } from '../../kernel/money.ts';
import type { Label } from './page-labels.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text that others have written, as it may stand anywhere in the page, in attributes too. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** A label in both languages. */
export const both = ([zh, en]: Label): string => `${zh} <span class="en">${en}</span>`;

/** An amount with its thousands apart, exactly. */
export function amountText(minor: bigint, currency: string): string {
  const [whole = '', decimals] = toDecimal(minor < 0n ? -minor : minor, currency).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${minor < 0n ? '−' : ''}${grouped}${decimals === undefined ? '' : `.${decimals}`}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment by the clock of a time zone, such as `2026-07-04 12:00`. */
export function localTime(at: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(timeZone, format);
  }
  return format.format(at);
}
