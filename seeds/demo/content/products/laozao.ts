import { productRows } from './rows.ts';

/** Sichuan kitchen. */
export const laozao = productRows(`
butter-base | 老灶坊成都牛油火锅底料麻辣特辣重庆老味道 | hotpot-bases | 19.9 | spice
tomato-base | 番茄火锅底料不辣清汤儿童可喝浓汤 | hotpot-bases | 15.9 | bundle
maocai-base | 冒菜串串香底料一人份小包装麻辣烫 | hotpot-bases | 12.9 | bundle
fish-base | 酸菜鱼调料包老坛酸菜水煮鱼家用 | hotpot-bases | 13.9 | bundle
mushroom-base | 菌汤火锅底料云南野生菌三鲜汤包 | hotpot-bases | 16.9 | bundle
crayfish-base | 麻辣小龙虾调料香辣蟹底料夜宵 | hotpot-bases | 14.9 | spice
doubanjiang | 郫县豆瓣酱红油三年陈酿川菜之魂 | sauces | 16.8 | bundle
chili-oil | 油泼辣子香辣红油凉拌菜四川辣椒油 | sauces | 18.9 | spice
beef-sauce | 香菇牛肉酱拌饭酱下饭菜大颗粒牛肉 | sauces | 25.9 | bundle
dipping-powder | 干碟蘸料烧烤撒料辣椒面五香麻辣 | sauces | 9.9 | bundle
pepper-oil | 汉源贡椒花椒油藤椒油特麻凉拌 | sauces | 22.9 | bundle
yibin-noodles | 宜宾燃面速食干拌面非油炸5人份 | grains | 26.9 | bundle
sour-noodles | 嗨吃酸辣粉桶装正宗红薯粉丝速食整箱 | grains | 29.9 | bundle
dandan-noodles | 担担面成都特产手工碱水面带调料 | grains | 24.9 | bundle
bamboo-rice | 五常大米稻花香2号东北新米真空 | grains | 39.9 | weight
spicy-rabbit | 冷吃兔自贡特产麻辣兔肉丁真空即食 | spicy-snacks | 29.9 | spice
spicy-strip | 老灶坊手撕辣条大刀肉怀旧童年网红小零食 | spicy-snacks | 12.9 | bundle
konjac | 魔芋爽素毛肚香辣低卡解馋办公室零食 | spicy-snacks | 15.9 | spice
beef-jerky | 张飞牛肉干阆中特产五香麻辣风干 | meat-snacks | 45.9 | spice
sausage | 四川香肠腊肠麻辣农家烟熏手工年货 | meat-snacks | 49 | weight
bacon | 川味腊肉后腿五花柏枝烟熏土猪 | meat-snacks | 56 | weight
peach-crisp | 老式桃酥宫廷糕点怀旧传统点心整箱 | pastries | 19.9 | bags
papagan | 眉山耙耙柑春见丑橘当季新鲜水果 | citrus | 29.9 | fruit
hotpot-pan | 鸳鸯锅不锈钢加厚火锅盆电磁炉专用家用 | pots | 89 | set-size
pickle-jar | 玻璃泡菜坛子家用密封罐四川腌菜缸 | kitchen-storage | 39.9 | set-size
`);
