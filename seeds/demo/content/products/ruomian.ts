import { productRows } from './rows.ts';

/** Cotton bedding from the belt. */
export const ruomian = productRows(`
changrong-set | 若棉 新疆长绒棉四件套全棉60支贡缎纯色床单被套 | bedding-sets | 269 | bed-set
shuixi-set | 日系水洗棉四件套裸睡亲肤ins风简约宿舍床品 | bedding-sets | 139 | bed-set
tianzhu-set | 天竺棉针织四件套弹力床笠款条纹母婴可用 | bedding-sets | 169 | bed-set
moma-set | 秋冬磨毛四件套加厚纯棉生态磨毛碎花被罩 | bedding-sets | 159 | bed-set
jiehun-set | 婚庆四件套大红刺绣全棉喜被结婚床上用品 | bedding-sets | 499 | bed-set
ertong-set | 卡通恐龙儿童三件套纯棉男孩上下铺床单 | bedding-sets | 119 | bed-set
sheshang-set | 学生宿舍0.9m床单人三件套全棉被套床单 | bedding-sets | 89.9 | bed-set
baijia-set | 酒店白贡缎四件套五星民宿同款80支长绒棉 | bedding-sets | 329 | bed-set
mianbei | 新疆棉被手工弹花被芯纯棉花冬被加厚保暖 | quilts | 198 | quilt
mianbei-thin | 春秋棉被空调被水洗棉单人双人夏凉被 | quilts | 99 | quilt
dadou-quilt | 大豆纤维被冬被加厚四季通用学生宿舍被子 | quilts | 129 | quilt
yurong-quilt | 95白鹅绒羽绒被全棉防钻绒轻柔蓬松 | quilts | 899 | quilt
zimu-quilt | 子母被二合一全棉抗菌被芯四季可拆 | quilts | 239 | quilt
dunhuang-quilt | 敦煌联名提花冬被国风礼盒装送长辈 | quilts | 369 | quilt
quanmian-pillow | 全棉枕套一对装48×74贡缎刺绣枕头套 | pillows | 39.9 | colour
juewei-pillow | 决明子荞麦枕芯护颈单人成人硬枕 | pillows | 49 | pair
mian-pillow | 热熔枕可水洗全棉枕芯酒店五星级软枕 | pillows | 59 | pair
changrong-towel | 长绒棉毛巾吸水不掉毛洗脸家用加厚面巾 | towels | 19.9 | packs
huaban-towel | 若棉花瓣边浴巾纯棉大号裹巾情侣款 | towels | 59.9 | colour
shashu-towel | 六层纱布童巾婴儿洗脸巾纯棉软小方巾 | towels | 25.8 | packs
jiehun-towel | 婚庆红毛巾礼盒回礼喜字刺绣一对 | towels | 36 | colour
mianma-curtain | 棉麻遮光窗帘日式简约客厅卧室成品挂钩式 | curtains | 128 | curtain
sha-curtain | 白色窗纱透光不透人雪尼尔绣花阳台纱帘 | curtains | 79 | curtain
bed-skirt | 全棉夹棉床裙单件防滑床罩1.8m床套 | bedding-sets | 109 | colour
mattress-pad | 抗菌防螨床褥垫可机洗全棉薄床垫保护垫 | bedding-sets | 119 | quilt
`);
