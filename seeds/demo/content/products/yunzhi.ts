import { productRows } from './rows.ts';

/** Blankets, curtains and cushions of a weaving mill. */
export const yunzhi = productRows(`
falaifu-blanket | 云织法兰绒毛毯加厚双面珊瑚绒盖毯午睡毯 | blankets | 59 | blanket
yunbei-blanket | 拉舍尔毛毯双层加厚冬季结婚红毯子 | blankets | 168 | blanket
tuotuo-blanket | 懒人毯子可穿斗篷披肩办公室午休暖身 | blankets | 69.9 | colour
mianxian-blanket | 针织线毯北欧流苏沙发盖毯ins床尾巾 | blankets | 85 | blanket
shamao-blanket | 三层纱毛巾被纯棉纱布夏凉被单双人 | blankets | 98 | blanket
dianre-blanket | 云织水暖电热毯双人双控静音除螨家用 | blankets | 199 | blanket
chenai-curtain | 雪尼尔提花窗帘新中式全遮光卧室隔热 | curtains | 188 | curtain
quanzheguang-curtain | 免打孔全遮光窗帘出租房魔术贴自粘遮阳布 | curtains | 35.9 | curtain
men-curtain | 棉麻门帘布艺隔断帘厨房卫生间半帘免打孔 | curtains | 29.9 | colour
ertong-curtain | 儿童房星空遮光窗帘公主风卡通印花定制 | curtains | 139 | curtain
baizhe-curtain | 梦幻帘百褶垂直柔纱帘一体双层阳台落地窗 | curtains | 218 | curtain
shafa-cushion | 四季通用雪尼尔沙发垫防滑坐垫简约靠背巾 | cushions | 65 | size-cushion
yaozhen-cushion | 记忆棉腰靠办公室久坐护腰靠垫孕妇腰枕 | cushions | 59 | colour
rongmao-cushion | 兔毛绒抱枕套轻奢客厅沙发靠枕含芯 | cushions | 36.8 | colour
tatami-cushion | 榻榻米蒲团坐垫加厚亚麻可拆洗飘窗垫 | cushions | 45 | colour
chezuo-cushion | 汽车坐垫夏季冰丝透气四季通用单片 | cushions | 69 | colour
canyi-cushion | 餐椅垫加厚防滑绑带椅子垫四季学生屁垫 | cushions | 22.9 | packs
zhuobu | 防水防油桌布免洗长方形北欧餐桌布茶几布 | cushions | 38 | size-cushion
moma-set | 云织100%全棉斜纹活性印花四件套学生床品 | bedding-sets | 149 | bed-set
bingsi-set | 夏季冰丝凉席三件套乳胶可水洗折叠软席 | bedding-sets | 129 | bed-set
zhujiang-towel | 竹浆纤维抹布厨房洗碗巾不沾油吸水 | towels | 15.9 | packs
yujin-robe | 华夫格浴袍男女情侣吸水速干酒店睡袍 | towels | 99 | clothes
beizi-bag | 棉被收纳袋防尘防潮特大号衣物整理打包袋 | storage-boxes | 26.9 | packs
zhenkong-bag | 抽真空压缩袋装被子衣服免抽气立体袋 | storage-boxes | 32.9 | packs
buyi-box | 牛津布百纳箱可折叠衣柜收纳箱带盖大容量 | storage-boxes | 29.9 | packs
`);
