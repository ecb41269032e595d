import type { CreatorKey, CreatorSeed, CreatorTier } from './shapes.ts';
import { table } from './table.ts';

/** slug | name | followers | city | topics | about. The tier is told by the group. */
const GROUPS: Readonly<Record<CreatorTier, string>> = {
  HEAD: `
xiaoman | 小满的日子 | 12800000 | 临沂 | home food kids | 从摆地摊到直播间，每晚八点和姐妹们聊家里的事，好用才上链接。
dapeng | 大鹏严选 | 9600000 | 杭州 | digital sports home | 拆给你看再卖给你，十年评测老编辑。
axin | 阿昕美研社 | 7350000 | 广州 | beauty apparel | 成分党配方师，空瓶记每月更新。
laojiutou | 老舅头吃遍天下 | 6180000 | 沈阳 | food drinks | 东北老舅，产地一家家跑，难吃的当场说。
`,
  WAIST: `
miaomiao | 苗苗家居笔记 | 1860000 | 南通 | home kids | 叠石桥长大的姑娘，教你认面料。
chenge | 辰哥数码 | 1420000 | 深圳 | digital | 只讲人话的数码博主。
yogalin | Yoga琳老师 | 1130000 | 厦门 | sports apparel | 瑜伽馆主，跟练第1200天。
guoshu | 新疆果叔的女儿 | 980000 | 阿克苏 | food drinks | 果园里长大，苹果红了就开播。
chashijie | 茶室里的四姐 | 875000 | 武夷山 | drinks home | 做茶人家的四姑娘，每天一泡口粮茶。
naibaba | 奶爸大熊 | 1650000 | 成都 | kids food | 两个娃的爸，玩具先拿回家摔三天。
jiajia | 佳佳不化妆 | 1240000 | 长沙 | beauty | 敏感肌十五年，踩过的坑都告诉你。
wanwan | 晚晚穿搭 | 910000 | 杭州 | apparel beauty | 155小个子，一衣三穿。
huoguoge | 火锅哥阿彪 | 1080000 | 重庆 | food | 一周七顿火锅，底料测评上千款。
luyingjia | 露营家老郑 | 760000 | 昆明 | sports drinks | 开着面包车走了三十个省。
sangsang | 桑桑的丝绸店 | 690000 | 苏州 | apparel home | 丝绸世家，真丝怎么洗都在主页。
`,
  ORDINARY: `
zhangdajie | 张大姐过日子 | 86000 | 徐州 | home food | 超市理货员下班后的直播间。
taozi | 桃子同学 | 43000 | 武汉 | apparel beauty | 大三学生，宿舍好物。
laowang | 修车老王 | 61000 | 保定 | digital sports | 修理铺里顺便测测小电器。
xiaoyu | 小鱼妈妈 | 128000 | 宁波 | kids home | 二胎妈妈，辅食日记。
ahua | 阿花的厨房 | 95000 | 成都 | food home | 川妹子家常菜。
lele | 乐乐爸玩具屋 | 57000 | 汕头 | kids | 在玩具厂上班的爸爸。
qingqing | 青青护肤日记 | 74000 | 广州 | beauty | 药学毕业，爱看成分表。
dazhuang | 大壮健身 | 112000 | 石家庄 | sports | 从二百斤练到一百五。
mingyue | 明月茶话 | 38000 | 福州 | drinks | 下班喝一泡。
xiaobei | 小北咖啡角 | 52000 | 上海 | drinks home | 出租屋里的咖啡馆。
fangjie | 芳姐家纺 | 145000 | 南通 | home | 布料市场摆摊二十年。
haohao | 浩浩拆箱 | 68000 | 深圳 | digital | 每天拆一个。
nannan | 囡囡外婆 | 167000 | 绍兴 | kids food | 外婆带娃，宝宝吃什么都拍给你看。
linzi | 林子跑步记 | 49000 | 南京 | sports | 六届马拉松业余选手。
xiaotian | 小甜甜穿搭 | 83000 | 郑州 | apparel | 微胖女孩的衣柜。
yunjie | 云姐在普洱 | 72000 | 普洱 | drinks food | 咖啡园里的女农人。
erge | 二哥赶海也卖货 | 103000 | 威海 | food | 潮退了就出门。
meimei | 梅梅手作 | 29000 | 景德镇 | home apparel | 陶瓷学徒的日常。
ajie | 阿杰不熬夜 | 34000 | 合肥 | home digital | 睡眠困难户自救指南。
xiuxiu | 绣绣新中式 | 91000 | 苏州 | apparel | 马面裙日常怎么穿。
panpan | 盼盼的孕期 | 41000 | 西安 | kids beauty | 孕34周，记录每一周。
laoli | 老李讲茶 | 118000 | 安溪 | drinks | 茶农二代，普通话带口音。
momo | 沫沫大学生活 | 26000 | 重庆 | beauty food | 月生活费一千五。
gege | 格格二手车行老板娘 | 58000 | 天津 | home digital | 车行里的生活好物。
zhuzhu | 珠珠的小院子 | 136000 | 大理 | home food | 带一只狗住在山里。
jianguo | 建国叔种地 | 152000 | 哈尔滨 | food | 五常稻农，卖自家大米也卖好吃的。
sisi | 思思口红柜 | 66000 | 成都 | beauty | 试色不开滤镜。
huihui | 慧慧瑜伽 | 47000 | 杭州 | sports | 每天早上六点yoga跟练。
dongdong | 冬冬爱露营 | 55000 | 北京 | sports | 周末不在家。
anan | 安安妈早教 | 88000 | 青岛 | kids | 蒙氏老师在家带娃。
mengmeng | 萌萌零食铺 | 79000 | 长沙 | food | 办公室抽屉管理员。
kaige | 凯哥音响 | 33000 | 惠州 | digital | 烧友入门不花冤枉钱。
lanlan | 兰兰蚕桑 | 45000 | 南通海安 | home apparel | 养蚕人家。
xiaowu | 小五宿舍床品 | 31000 | 济南 | home | 上铺的兄弟。
yaya | 丫丫辣妹子 | 99000 | 贵阳 | food | 无辣不欢。
pingping | 平平无奇护肤 | 36000 | 沈阳 | beauty | 油痘肌七年。
dashan | 大山里的阿牛 | 124000 | 凉山 | food drinks | 山货和蜂蜜。
wenwen | 雯雯收纳 | 107000 | 上海 | home | 五十平住三代人。
tiantian | 田田的早餐 | 63000 | 无锡 | food kids | 五点半起床做早餐。
jingjing | 静静听歌 | 28000 | 昆山 | digital beauty | 流水线女工，耳机里的世界。
qiangzi | 强子篮球 | 71000 | 晋江 | sports apparel | 鞋厂小哥。
baobao | 宝宝辅食李医生 | 158000 | 合肥 | kids | 儿保科医生。
nuannuan | 暖暖老年大学 | 84000 | 太原 | apparel home | 六十五岁，天天有课。
fengzi | 疯子咖啡实验室 | 39000 | 昆明 | drinks | 一支豆子冲二十遍。
xiaoling | 小玲代购转型 | 53000 | 珠海 | beauty apparel | 从背货到卖国货。
`,
};

/** Four HEAD, eleven WAIST and forty-five ORDINARY creators. */
export const creators: CreatorSeed[] = (['HEAD', 'WAIST', 'ORDINARY'] as const).flatMap((tier) =>
  table(GROUPS[tier], 6).map((cells) => {
    const [slug, name, followers, city, topics, about] = cells as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const key: CreatorKey = `creator:${slug}`;
    return { key, name, tier, followers: Number(followers), city, about, topics: topics.split(' ') };
  }),
);
