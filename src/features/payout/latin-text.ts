/** What all banks take in names and references: the SEPA character set (EPC217-08), within ISO 20022's Latin one. */
const LATIN = /^[A-Za-z0-9 /\-?:().,'+]+$/;

/** Letters that lose their form when their marks are taken off, in the spelling that EPC217-08 suggests. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  Æ: 'AE',
  æ: 'ae',
  Œ: 'OE',
  œ: 'oe',
  Ø: 'O',
  ø: 'o',
  Ð: 'D',
  ð: 'd',
  Þ: 'TH',
  þ: 'th',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
  '&': '+',
  _: '-',
  '’': "'",
  '‘': "'",
  '–': '-',
  '—': '-',
};

/**
 * A text in the letters that every bank takes: accents are dropped, some letters are spelled out. Undefined where
 * something is left that cannot be written so, such as 汉字: whoever gives it has to say how the bank writes it.
 */
export function toLatin(text: string): string | undefined {
  const spelled = [...text].map((letter) => SPELLED[letter] ?? letter).join('');
  const plain = spelled.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim();
  return LATIN.test(plain) && !/^\/|\/$|\/\//.test(plain) ? plain : undefined;
}
