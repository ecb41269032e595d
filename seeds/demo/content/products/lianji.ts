import { productRows } from './rows.ts';

/** Yoga, running and camping. */
export const lianji = productRows(`
tpe-mat | 练迹yoga mat瑜伽垫TPE加厚防滑女生专用健身垫家用 | yoga-mats | 59 | mat
rubber-mat | 天然橡胶瑜伽垫PU干湿防滑正位线专业级 | yoga-mats | 169 | mat
kids-mat | 儿童舞蹈垫练功垫防滑加宽女童芭蕾 | yoga-mats | 49 | colour
jump-mat | 跳绳隔音垫减震静音家用健身跳操垫 | yoga-mats | 69 | mat
yoga-set | 瑜伽服套装女yoga高腰提臀裸感健身运动长裤 | yoga-wear | 129 | clothes
yoga-legging | 鲨鱼裤女外穿收腹提臀无尴尬线打底 | yoga-wear | 69 | clothes
yoga-bra | 运动内衣防震高强度一体背心美背聚拢 | yoga-wear | 59 | clothes
yoga-jacket | 修身立领瑜伽外套女速干拉链长袖 | yoga-wear | 109 | clothes
band-set | 弹力带健身拉力绳男女开肩练背阻力带 | fitness-gear | 29.9 | packs
dumbbell | 可调节哑铃男士家用包胶女士一对 | fitness-gear | 119 | one
foam-roller | 泡沫轴肌肉放松狼牙棒瘦腿按摩滚轴 | fitness-gear | 35.9 | colour
jump-rope | 智能计数跳绳中考体育专用钢丝负重 | fitness-gear | 25.9 | colour
ab-wheel | 自动回弹健腹轮家用收腹卷腹器初学者 | fitness-gear | 79 | one
running-shoes | LIANJI跑步鞋男减震碳板竞速轻便马拉松 | running-shoes | 299 | shoes
daily-shoes | 女款慢跑鞋软底透气网面体测运动鞋 | running-shoes | 159 | shoes
kids-shoes | 儿童运动鞋男童春秋透气旋钮扣中大童 | running-shoes | 119 | shoes
quick-shirt | 速干t恤男短袖冰丝健身跑步上衣吸汗 | sport-tops | 49 | clothes
sun-jacket | 防晒衣女UPF50+户外骑行皮肤风衣轻薄 | sport-tops | 99 | clothes
track-pants | 运动长裤男束脚宽松直筒速干秋季 | sport-tops | 79 | clothes
running-socks | 专业马拉松跑步袜加厚毛巾底防磨脚 | socks | 29.9 | packs
sun-hat | 空顶防晒帽女遮脸大檐骑车遮阳帽户外 | hats | 35 | colour
auto-tent | 全自动速开帐篷户外野营防雨加厚3-4人 | tents | 239 | set-size
camp-chair | 克米特椅折叠露营椅子铝合金便携沙滩 | camping-chairs | 89 | colour
egg-table | 蛋卷桌户外折叠桌野餐碳钢便携桌椅套装 | camping-chairs | 119 | set-size
steel-bottle | 大容量保温杯316不锈钢运动水壶男吸管 | outdoor-cups | 59 | bottle
`);
