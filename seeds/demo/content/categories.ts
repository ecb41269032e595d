import type { CategoryKey, CategorySeed } from './shapes.ts';

/** Three levels, told by the indentation: slug, Chinese name, English name. */
const TREE = `
home 家居家纺 Home and textiles
  bedding 床上用品 Bedding
    bedding-sets 床品套件 Bedding sets
    quilts 被子 Quilts
    pillows 枕头枕芯 Pillows
    blankets 毛毯盖毯 Blankets and throws
  living-textiles 居家布艺 Living textiles
    curtains 窗帘 Curtains
    towels 毛巾浴巾 Towels
    cushions 抱枕坐垫 Cushions
  kitchenware 厨房用品 Kitchenware
    pots 锅具 Pots and pans
    tableware 餐具茶具 Tableware and tea ware
    kitchen-storage 厨房收纳 Kitchen storage
  household 收纳清洁 Storage and cleaning
    laundry 衣物清洁 Laundry
    storage-boxes 收纳箱袋 Storage boxes
food 食品生鲜 Food
  fruit 新鲜水果 Fresh fruit
    apples 苹果 Apples
    pears 香梨 Pears
    citrus 柑橘橙柚 Citrus
  dried-fruit 坚果干果 Nuts and dried fruit
    walnuts 核桃 Walnuts
    jujubes 红枣 Jujubes
    raisins 葡萄干果脯 Raisins
  seasoning 粮油调味 Staples and seasoning
    hotpot-bases 火锅底料 Hot pot bases
    sauces 酱料 Sauces
    grains 米面杂粮 Grains and noodles
  snacks 休闲零食 Snacks
    spicy-snacks 辣味零食 Spicy snacks
    meat-snacks 肉干肉脯 Meat snacks
    pastries 糕点饼干 Pastries
drinks 茶饮冲调 Tea, coffee and drinks
  tea 茶叶 Tea
    oolong 乌龙茶 Oolong
    black-tea 红茶 Black tea
    green-tea 绿茶白茶 Green and white tea
    puer 普洱茶 Pu'er tea
  coffee 咖啡 Coffee
    coffee-beans 咖啡豆 Coffee beans
    instant-coffee 速溶咖啡 Instant coffee
    drip-coffee 挂耳咖啡 Drip bags
  brewed 冲饮 Other drinks
    honey 蜂蜜 Honey
    flower-tea 花草茶 Herbal tea
beauty 美妆个护 Beauty and care
  skincare 面部护肤 Skin care
    cleansers 洁面卸妆 Cleansers
    masks 面膜 Masks
    creams 面霜精华 Creams and serums
    sunscreen 防晒 Sun care
  makeup 彩妆 Make-up
    lipsticks 口红唇釉 Lipsticks
    foundations 粉底气垫 Foundations
  bodycare 身体护理 Hair and body
    shampoo 洗发护发 Hair care
    body-wash 沐浴清洁 Body wash
    hand-cream 手部护理 Hand care
apparel 服饰配件 Apparel
  womenswear 女装 Womenswear
    dresses 连衣裙 Dresses
    silk-shirts 衬衫上衣 Shirts and tops
  homewear 内衣家居服 Homewear
    pyjamas 睡衣 Pyjamas
    socks 袜子 Socks
  accessories 配饰 Accessories
    scarves 丝巾围巾 Scarves
    hats 帽子 Hats
digital 数码家电 Electronics
  audio 影音 Audio
    earphones 耳机 Earphones
    speakers 音箱 Speakers
    microphones 麦克风 Microphones
  phone-accessories 手机配件 Phone accessories
    chargers 充电器数据线 Chargers and cables
    power-banks 充电宝 Power banks
    phone-stands 手机支架 Phone stands
  wearables 智能穿戴 Wearables
    smart-watches 智能手表 Smart watches
    smart-bands 智能手环 Smart bands
  small-appliances 生活小家电 Small appliances
    humidifiers 加湿器 Humidifiers
    kettles 电水壶煮茶器 Kettles
    fans 风扇 Fans
sports 运动户外 Sports and outdoors
  yoga 瑜伽健身 Yoga and fitness
    yoga-mats 瑜伽垫 Yoga mats
    yoga-wear 瑜伽服 Yoga wear
    fitness-gear 健身器材 Fitness gear
  running 跑步 Running
    running-shoes 跑步鞋 Running shoes
    sport-tops 速干衣裤 Sportswear
  outdoor 户外露营 Camping
    tents 帐篷天幕 Tents
    camping-chairs 露营桌椅 Camping furniture
    outdoor-cups 户外水杯 Bottles
kids 母婴玩具 Mother and child
  toys 玩具 Toys
    blocks 积木拼插 Building blocks
    rc-cars 遥控玩具 Remote-controlled toys
    early-learning 早教益智 Early learning
    plush 毛绒玩具 Plush toys
  baby-textiles 婴童床品 Baby textiles
    baby-quilts 婴童被褥 Baby quilts
    sleeping-bags 婴儿睡袋 Sleeping bags
  feeding 喂养用品 Feeding
    bottles 儿童水杯 Children's bottles
    baby-tableware 儿童餐具 Children's tableware
`;

/** The category tree, parents before children. */
export const categories: CategorySeed[] = readTree(TREE);

/** The key of the top category above a category. */
export function topOf(key: CategoryKey): CategoryKey {
  const category = categories.find((each) => each.key === key);
  if (!category) throw new Error(`no category ${key}`);
  return category.parent === null ? category.key : topOf(category.parent);
}

function readTree(text: string): CategorySeed[] {
  const path: CategoryKey[] = [];
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const match = /^( *)(\S+) (\S+) (.+)$/.exec(line);
    if (!match) throw new Error(`not a category: ${line}`);
    const [, indent, slug, nameZh, nameEn] = match as unknown as [string, string, string, string, string];
    const level = (indent.length / 2 + 1) as 1 | 2 | 3;
    const key: CategoryKey = `category:${slug}`;
    path.splice(level - 1, path.length, key);
    return { key, parent: path[level - 2] ?? null, level, slug, nameZh, nameEn };
  });
}
