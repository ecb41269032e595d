/** One choice of a product: its name and by how many percent it costs more than the first one. */
export interface Option {
  name: string;
  extraPercent: number;
}

/** Written as `name +percent`, parted by commas. */
const SETS: Readonly<Record<string, string>> = {
  one: '标准装',
  'bed-set': '1.2m床三件套, 1.5m床四件套 +20, 1.8m床四件套 +32, 2.0m床四件套 +45',
  quilt: '150×200cm, 180×220cm +18, 200×230cm +30, 220×240cm +45',
  blanket: '100×150cm, 150×200cm +45, 180×200cm +75',
  pair: '单只装, 一对装 +85',
  colour: '米白, 雾霾蓝, 豆沙粉',
  tech: '曜石黑, 云母白, 薄荷绿',
  packs: '单件装, 3件装 +150, 6件装 +350',
  curtain: '宽1.5m×高2.0m, 宽2.0m×高2.5m +55, 宽3.0m×高2.7m +120',
  'size-cushion': '70×70cm, 70×150cm +60, 90×210cm +130',
  clothes: 'S码, M码, L码, XL码',
  shoes: '38码, 40码, 42码, 44码',
  'baby-size': '80码, 90码, 100码 +8, 110码 +12',
  'kids-print': '小恐龙, 小兔子, 小汽车',
  fruit: '净重3斤, 净重5斤 +55, 净重10斤 +180',
  weight: '500g, 1kg +90, 2.5kg +330',
  bags: '1袋, 2袋 +90, 5袋 +330',
  jar: '500g单瓶, 500g×2瓶 +88',
  tea: '50g试饮装, 125g罐装 +120, 250g礼盒装 +300',
  'tea-cake': '一饼, 一提七饼 +540',
  coffee: '227g, 454g +85, 1kg +270',
  sticks: '10条, 30条 +160, 60条 +380',
  mask: '5片装, 10片装 +80, 20片装 +220',
  double: '单支装, 两支装 +88',
  shade: '01 豆沙, 02 正红, 03 奶茶, 04 浆果',
  'shade-skin': '象牙白, 自然色, 小麦色',
  mat: '6mm, 8mm +15, 10mm +30',
  toy: '标准款, 升级款 +45, 豪华礼盒 +90',
  bottle: '500ml, 750ml +15, 1000ml +30',
  spice: '微辣, 中辣, 特辣',
  bundle: '1份, 3份 +180, 5份 +350',
  'set-size': '小号, 中号 +30, 大号 +65',
};

/** The options of a set, the cheapest first. Throws for an unknown set. */
export function optionsOf(set: string): Option[] {
  const text = SETS[set];
  if (text === undefined) throw new Error(`no set of options ${set}`);
  return text.split(', ').map((part) => {
    const [name, extra] = part.split(' +') as [string, string | undefined];
    return { name, extraPercent: Number(extra ?? 0) };
  });
}
