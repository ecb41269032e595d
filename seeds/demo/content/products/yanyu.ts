import { productRows } from './rows.ts';

/** Tea of Wuyishan. */
export const yanyu = productRows(`
dahongpao | 武夷岩茶大红袍茶叶中足火炭焙散装口粮茶 | oolong | 68 | tea
rougui | 牛栏坑肉桂正岩茶叶桂皮香礼盒装 | oolong | 298 | tea
shuixian | 老丛水仙岩茶六十年树龄丛味枞香 | oolong | 168 | tea
tieguanyin | 安溪铁观音清香型兰花香2026秋茶小包装 | oolong | 58 | tea
tieguanyin-nong | 浓香铁观音炭焙老茶传统正味 | oolong | 62 | tea
fenghuang | 凤凰单丛鸭屎香潮州乌东高山乌龙茶 | oolong | 98 | tea
dongding | 冻顶乌龙高山茶台式焙火奶香 | oolong | 79 | tea
qilan | 岩语奇兰花果香岩茶新手入门试饮装 | oolong | 45 | tea
jinjunmei | 桐木关金骏眉红茶特级蜜香型芽头 | black-tea | 128 | tea
xiaozhong | 正山小种烟小种松烟香传统工艺红茶 | black-tea | 69 | tea
xiaozhong-hua | 花果香正山小种无烟红茶奶茶店专用 | black-tea | 49 | tea
tanyang | 坦洋工夫红茶福安老茶厂出口同款 | black-tea | 55 | tea
qimen | 祁门红茶香螺功夫红茶礼盒送长辈 | black-tea | 99 | tea
longjing | 明前龙井绿茶43号豆香杭州茶农直发 | green-tea | 138 | tea
biluochun | 碧螺春炒青绿茶嫩芽浓香耐泡 | green-tea | 78 | tea
baimudan | 福鼎白牡丹白茶饼2022年花香枣香 | green-tea | 88 | tea
shoumei | 老寿眉白茶饼煮着喝药香暖身 | green-tea | 66 | tea
molihua | 茉莉花茶浓香型七窨飘雪福州老字号 | green-tea | 59 | tea
juhua | 黄山贡菊胎菊花茶清火明目独立袋 | flower-tea | 26.9 | bags
guiyuan-tea | 桂圆红枣枸杞茶姜茶女生暖宫养生茶包 | flower-tea | 29.9 | bags
chenpi-tea | 新会陈皮十年老陈皮泡水煲汤小青柑 | flower-tea | 48 | bags
gongfu-set | 德化白瓷功夫茶具套装家用盖碗茶壶 | tableware | 158 | set-size
travel-set | 旅行茶具便携一壶四杯快客杯陶瓷 | tableware | 69 | colour
tea-canister | 手绘锡罐茶叶罐密封存茶家用中式 | tableware | 85 | colour
tea-boiler | 煮茶器玻璃蒸汽黑茶白茶保温电茶壶 | kettles | 139 | colour
`);
