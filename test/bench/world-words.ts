import { wordsOf } from '../../src/features/product/index.ts';

/** A text in two languages, and the words under which the pool finds it. */
export interface Words {
  readonly text: string;
  readonly tokens: readonly string[];
}

/** A category of the world: its number, that of the one above, and what products below it are found under. */
export interface WorldCategory {
  readonly no: number;
  readonly path: readonly number[];
  readonly nameZh: string;
  readonly nameEn: string;
  readonly tokens: readonly string[];
}

const words = (text: string): Words => ({ text, tokens: wordsOf(text) });

/** Two words with a space between make the tokens of both and no others, so that SQL can put titles together. */
export const QUALITIES = [
  '轻薄 Light',
  '加厚 Thick',
  '手工 Handmade',
  '有机 Organic',
  '便携 Portable',
  '复古 Vintage',
  '防水 Waterproof',
  '静音 Silent',
  '透气 Breathable',
  '简约 Plain',
  '家用 Household',
  '定制 Custom',
].map(words);

export const THINGS = [
  '羽绒服 Down jacket',
  '棉被 Quilt',
  '茶叶 Tea',
  '保温杯 Flask',
  '瑜伽垫 Yoga mat',
  '台灯 Desk lamp',
  '陶瓷碗 Bowl',
  '运动鞋 Trainers',
  '行李箱 Suitcase',
  '充电宝 Power bank',
  '蜂蜜 Honey',
  '毛巾 Towel',
  '雨伞 Umbrella',
  '围巾 Scarf',
  '炒锅 Wok',
  '香薰 Candle',
  '书包 Satchel',
  '拼图 Puzzle',
  '玉镯 Jade bangle',
  '耳机 Headphones',
].map(words);

const TOPS = [
  '服饰 Clothing',
  '食品 Food',
  '家居 Home',
  '美妆 Beauty',
  '数码 Digital',
  '运动 Sports',
  '母婴 Baby',
  '珠宝 Jewellery',
  '文具 Stationery',
  '宠物 Pets',
];
const MIDDLES = ['礼品 Gifts', '日用 Daily', '旅行 Travel', '儿童 Kids', '高端 Premium'];
const LEAVES = ['春季 Spring', '夏季 Summer', '秋季 Autumn', '冬季 Winter'];

/** Ten categories of the first level, fifty of the second, two hundred of the third, which products lie in. */
export const CATEGORIES: readonly WorldCategory[] = [
  ...TOPS.map((text, i) => categoryOf([i + 1], [text])),
  ...TOPS.flatMap((top, t) =>
    MIDDLES.map((text, m) => categoryOf([t + 1, 11 + t * MIDDLES.length + m], [top, text])),
  ),
  ...TOPS.flatMap((top, t) =>
    MIDDLES.flatMap((middle, m) =>
      LEAVES.map((text, l) => {
        const above = t * MIDDLES.length + m;
        return categoryOf([t + 1, 11 + above, 61 + above * LEAVES.length + l], [top, middle, text]);
      }),
    ),
  ),
];

export const LEAF_COUNT = TOPS.length * MIDDLES.length * LEAVES.length;
/** The number of the first category of the third level. */
export const FIRST_LEAF = 1 + TOPS.length + TOPS.length * MIDDLES.length;

function categoryOf(path: readonly number[], texts: readonly string[]): WorldCategory {
  const [nameZh = '', nameEn = ''] = texts.at(-1)?.split(' ') ?? [];
  return { no: path.at(-1) ?? 0, path, nameZh, nameEn, tokens: wordsOf(texts.join(' ')) };
}
