import { productRows } from './rows.ts';

/** Toys and feeding from Chenghai. */
export const xiaomuwu = productRows(`
train-blocks | 小木屋木质轨道火车积木儿童拼装玩具3-6岁 | blocks | 89 | toy
big-blocks | 大颗粒积木桌多功能男女孩宝宝益智拼插 | blocks | 129 | toy
street-blocks | 中国风街景积木小颗粒古建筑成人高难度 | blocks | 99 | toy
magnet-tiles | 彩窗磁力片强磁儿童早教智力拼图礼物 | blocks | 79 | toy
flower-blocks | 积木花束永生玫瑰情人节七夕送女友 | blocks | 49.9 | colour
car-blocks | 遥控工程车积木科教编程机械组 | blocks | 159 | toy
rc-buggy | 四驱遥控越野车高速漂移充电男孩赛车 | rc-cars | 119 | toy
rc-digger | 合金遥控挖掘机仿真工程车喷雾大号 | rc-cars | 139 | toy
rc-drone | 航拍无人机儿童定高遥控飞机入门4K双摄 | rc-cars | 199 | toy
rc-boat | 遥控船快艇防水可下水夏天玩具 | rc-cars | 85 | toy
bubble-gun | 加特林泡泡机电动儿童网红手持不漏水 | rc-cars | 35.9 | colour
montessori-board | 蒙氏早教忙碌板拉链系扣宝宝专注力训练 | early-learning | 69 | toy
reading-pen | 点读笔幼儿启蒙英语早教机双语有声书 | early-learning | 199 | toy
puzzle-map | 磁性中国地图拼图初中小学生地理认知 | early-learning | 39.9 | one
abacus | 数学启蒙教具加减法算数棒蒙特梭利 | early-learning | 32.9 | one
drum-kit | 宝宝手拍鼓音乐玩具6-12个月婴儿抓握 | early-learning | 59 | one
clay | 超轻粘土24色无毒彩泥手工diy儿童橡皮泥 | early-learning | 25.9 | packs
panda-plush | 熊猫花花公仔毛绒玩具抱枕玩偶送女生 | plush | 49 | toy
capybara-plush | 卡皮巴拉水豚毛绒挂件书包挂饰 | plush | 19.9 | colour
dino-plush | 恐龙抱枕睡觉夹腿长条毛绒男孩礼物 | plush | 59 | toy
straw-cup | 儿童保温杯316带吸管幼儿园上学专用水壶 | bottles | 79 | kids-print
sippy-cup | 学饮杯婴儿鸭嘴杯6个月以上防呛防漏 | bottles | 49 | kids-print
tritan-cup | tritan夏季水杯小学生大容量便携塑料杯 | bottles | 39.9 | kids-print
silicone-bowl | 宝宝辅食碗硅胶吸盘碗勺套装防摔 | baby-tableware | 36.9 | kids-print
training-chopsticks | 儿童训练筷虎口筷2-8岁学习练习筷叉勺 | baby-tableware | 22.9 | kids-print
`);
