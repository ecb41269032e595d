import { productRows } from './rows.ts';

/** Pillows and baby textiles. */
export const haomian = productRows(`
jiyi-pillow | 好眠记忆棉枕头护颈椎助睡眠分区枕 | pillows | 99 | pair
ruijiao-pillow | 泰国乳胶枕93%天然乳胶颗粒按摩枕 | pillows | 129 | pair
tuipen-pillow | 三层可调高低枕头TPE无压水洗枕 | pillows | 149 | pair
fuer-pillow | 富贵包专用枕反牵引颈椎枕圆柱糖果枕 | pillows | 45 | pair
kids-pillow | 儿童乳胶枕3-6岁幼儿园午睡枕四季通用 | pillows | 69 | kids-print
yunfu-pillow | 孕妇枕护腰侧睡枕托腹U型多功能抱枕 | pillows | 89 | colour
neck-pillow | u型枕记忆棉旅行护颈枕飞机高铁午睡 | pillows | 39.9 | colour
wushui-pillow | 学生午睡枕趴睡神器教室折叠抱枕 | pillows | 35 | kids-print
baby-quilt-dou | 豆豆绒婴儿被子秋冬新生儿盖被宝宝安抚被 | baby-quilts | 79 | kids-print
baby-quilt-cotton | 幼儿园被子三件套纯棉午睡被褥含芯六件套 | baby-quilts | 189 | kids-print
baby-quilt-silk | 宝宝蚕丝被婴童空调被四季被新生礼物 | baby-quilts | 239 | kids-print
baby-mat | 婴儿隔尿垫防水透气可洗大号纯棉床垫 | baby-quilts | 39.9 | packs
baby-wrap | 新生儿包被初生婴儿抱被纯棉四季可脱胆 | baby-quilts | 69 | kids-print
baby-sheet | A类婴儿床笠纯棉针织防水床单定做 | baby-quilts | 49 | kids-print
sleepbag-vest | 婴儿睡袋背心式春秋纱布宝宝防踢被 | sleeping-bags | 69 | baby-size
sleepbag-leg | 分腿睡袋恒温秋冬加厚儿童防踢被神器 | sleeping-bags | 129 | baby-size
sleepbag-mushroom | 蘑菇睡袋一体睡袋夹棉可拆袖礼盒 | sleeping-bags | 99 | baby-size
sleepbag-summer | 夏季薄款竹纤维短袖睡袋空调房 | sleeping-bags | 59 | baby-size
swaddle | 防惊跳襁褓睡袋投降式新生儿安睡 | sleeping-bags | 55 | baby-size
kids-pyjamas | A类儿童睡衣纯棉秋冬三层夹棉家居服套装 | pyjamas | 89 | baby-size
mum-pyjamas | 月子服纯棉产后哺乳睡衣大码春秋 | pyjamas | 109 | clothes
couple-pyjamas | 珊瑚绒睡衣情侣加绒加厚冬季卡通可外穿 | pyjamas | 99 | clothes
floor-socks | 珊瑚绒地板袜女月子袜加厚保暖睡眠袜 | socks | 19.9 | packs
baby-socks | 婴儿袜子纯棉无骨春秋新生儿松口中筒袜 | socks | 22.9 | packs
office-blanket | 卡通午睡毯儿童毛毯双层加厚云毯礼盒 | blankets | 65 | kids-print
`);
