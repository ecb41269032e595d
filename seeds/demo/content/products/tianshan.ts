import { productRows } from './rows.ts';

/** Fruit and nuts of Aksu. */
export const tianshan = productRows(`
bingtangxin | 阿克苏冰糖心苹果红旗坡当季新鲜脆甜整箱 | apples | 39.9 | fruit
bingtangxin-big | 天山果叔 冰糖心丑苹果85mm+特大果礼盒 | apples | 69.9 | fruit
guoguang-apple | 新疆国光小苹果酸甜老品种孕妇水果 | apples | 29.9 | fruit
baby-apple | 宝宝辅食苹果刮泥粉面黄元帅阿克苏直发 | apples | 35.9 | fruit
shapingguo | 沙地红富士苹果不打蜡带皮吃产地直发 | apples | 26.8 | fruit
apple-chips | 冰糖心苹果干无添加糖果脯脆片办公室零食 | raisins | 19.9 | bags
xiangli | 库尔勒香梨正宗孔雀河畔脆甜多汁 | pears | 36.8 | fruit
xiangli-gift | 全母香梨礼盒特级果送礼顺丰包邮 | pears | 79 | fruit
shali | 新疆酥梨皮薄无渣止咳炖汤雪梨 | pears | 25.9 | fruit
hongxiangsu | 红香酥梨现摘水果细嫩无石细胞 | pears | 31.9 | fruit
paper-walnut | 阿克苏185纸皮核桃薄皮手捏新货原味 | walnuts | 32.9 | weight
walnut-kernel | 生核桃仁2路白仁孕妇坚果烘焙原料 | walnuts | 45.9 | weight
walnut-milk | 奶香味椒盐核桃熟食罐装孕期零食 | walnuts | 29.9 | bags
walnut-jujube | 枣夹核桃仁新疆灰枣夹心独立小包装 | jujubes | 29.9 | bags
huizao | 若羌灰枣吊干免洗红枣一级煲汤泡水 | jujubes | 25.9 | weight
junzao | 和田骏枣六星特级大红枣干货礼盒 | jujubes | 39.9 | weight
jujube-slice | 无核红枣片泡茶脆枣圈酥脆即食 | jujubes | 18.9 | bags
jujube-paste | 手工枣泥糕馅料低糖烘焙月饼用 | jujubes | 22.8 | bags
tulufan-raisin | 吐鲁番绿香妃葡萄干无核免洗大颗粒 | raisins | 21.9 | weight
heijialun | 黑加仑葡萄干特级新疆特产干果独立装 | raisins | 26.9 | weight
wumei | 新疆西梅干无添加孕妇零食酸甜生津 | raisins | 28.8 | bags
xingpu | 树上干杏吊干杏不加糖果脯产地 | raisins | 35.8 | weight
nut-mix | 每日坚果混合干果孕妇儿童小包装30天装 | walnuts | 69.9 | bags
desert-honey | 天山黑蜂蜜结晶雪蜜唐布拉高山百花蜜 | honey | 59 | jar
date-honey | 沙枣花蜂蜜纯正天然成熟蜜农家自产 | honey | 45 | jar
`);
