import { productRows } from './rows.ts';

/** Coffee and Pu'er tea of Yunnan. */
export const yunling = productRows(`
pour-beans | 云南小粒咖啡豆中度烘焙手冲单品现磨 | coffee-beans | 49 | coffee
espresso-beans | 意式拼配coffee beans深烘油脂丰富拿铁专用咖啡豆 | coffee-beans | 45 | coffee
geisha-beans | 孟连瑰夏水洗咖啡豆浅烘花香柑橘 | coffee-beans | 128 | coffee
honey-beans | 蜜处理卡蒂姆庄园豆红糖焦香 | coffee-beans | 59 | coffee
natural-beans | 日晒厌氧发酵咖啡豆酒香草莓味 | coffee-beans | 69 | coffee
cold-brew-beans | 冷萃专用咖啡豆巧克力坚果风味低酸 | coffee-beans | 52 | coffee
decaf-beans | 低因咖啡豆decaf瑞士水处理孕妇晚上可喝 | coffee-beans | 79 | coffee
green-beans | 云南咖啡生豆精品水洗G1自己烘焙 | coffee-beans | 42 | weight
americano-powder | 速溶黑咖啡0蔗糖0脂美式健身冻干粉 | instant-coffee | 29.9 | sticks
latte-powder | 生椰拿铁速溶coffee三合一防弹学生提神 | instant-coffee | 32.9 | sticks
freeze-dried | 超即溶冻干咖啡小罐装意式浓缩冷水即溶 | instant-coffee | 59 | sticks
concentrate | 咖啡浓缩液胶囊装冰美式DIY无糖 | instant-coffee | 39.9 | sticks
tangerine-americano | 橘皮美式陈皮咖啡云南风味新品 | instant-coffee | 36.9 | sticks
drip-classic | 挂耳咖啡Yunling云岭精品手冲滤泡式黑咖啡 | drip-coffee | 35 | sticks
drip-flavours | 挂耳咖啡12味尝鲜礼盒耶加雪菲云南蓝山 | drip-coffee | 69 | sticks
drip-cny | 过年送礼挂耳礼盒马年限定drip coffee | drip-coffee | 99 | sticks
drip-floral | 茉莉花窨咖啡挂耳花香清爽 | drip-coffee | 45 | sticks
bag-coldbrew | 冷泡袋咖啡冷萃包懒人隔夜泡免器具 | drip-coffee | 39 | sticks
puer-cooked | 勐海熟普洱茶饼357g五年陈陈香糯滑 | puer | 88 | tea-cake
puer-raw | 古树生普冰岛纯料春茶饼甘甜 | puer | 168 | tea-cake
puer-mini | 糯米香小沱茶普洱熟茶散装迷你独立装 | puer | 32.9 | bags
puer-gan | 小青柑普洱茶新会生晒柑普礼罐 | puer | 59 | bags
wild-honey | 云南野生土蜂蜜原蜜百花蜜无添加 | honey | 49 | jar
coffee-honey | 咖啡花蜂蜜稀有单花蜜限量 | honey | 79 | jar
rose-tea | 墨红玫瑰花冠茶一朵一杯云南食用 | flower-tea | 29.9 | bags
`);
