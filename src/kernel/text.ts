// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Whether PostgreSQL and every client can hold the text: no lone surrogates, no null byte, no control
 * characters but tab and line ends.
 */
export const isCleanText = (text: string): boolean => text.isWellFormed() && !CONTROL.test(text);

/** Whether the text is the address of a page: https, of at most 500 characters. */
export const isWebAddress = (text: string): boolean =>
  text.length <= 500 && isCleanText(text) && URL.canParse(text) && new URL(text).protocol === 'https:';
