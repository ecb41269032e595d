import { productRows } from './rows.ts';

/** Silk from Haian. */
export const sangyu = productRows(`
cansi-quilt | 桑语100%桑蚕丝被手工双宫茧长丝春秋被 | quilts | 599 | quilt
cansi-quilt-winter | 海安蚕丝被冬被加厚6斤现场开被验丝 | quilts | 899 | quilt
cansi-summer | 蚕丝夏被可水洗天丝面料空调薄被 | quilts | 329 | quilt
zimu-silk-quilt | 蚕丝子母被四季两用婚庆陪嫁礼盒 | quilts | 1099 | quilt
silk-blanket | 真丝毯贡缎轻薄午睡盖毯机上毯 | blankets | 459 | blanket
silk-pillowcase | 19姆米真丝枕套桑蚕丝护发枕巾单面 | pillows | 129 | colour
silk-pillowcase-25 | 25姆米重磅真丝枕套信封式双面送礼 | pillows | 219 | colour
cansi-pillow | 蚕丝枕芯护颈枕桑蚕丝填充中高枕 | pillows | 159 | pair
silk-eyemask | 真丝眼罩遮光睡眠可调节旅行礼盒 | scarves | 59 | colour
silk-scarf-small | 真丝小方巾女百搭春秋印花领巾绑包 | scarves | 69 | colour
silk-scarf-long | 桑蚕丝长巾双层缎面妈妈款披肩 | scarves | 139 | colour
silk-scarf-gift | 丝巾礼盒敦煌飞天国潮送外宾伴手礼 | scarves | 199 | colour
wool-silk-scarf | 羊毛真丝混纺围巾秋冬男女同款 | scarves | 168 | colour
silk-sunscarf | 防晒面罩真丝护颈口罩夏季透气骑行 | scarves | 45 | colour
silk-shirt-white | 桑语真丝衬衫女白色通勤重磅桑蚕丝上衣 | silk-shirts | 359 | clothes
silk-shirt-print | 杭缎印花真丝短袖妈妈装夏季宽松小衫 | silk-shirts | 269 | clothes
silk-vest | 真丝吊带背心女内搭打底外穿V领 | silk-shirts | 119 | clothes
xiangyun-shirt | 香云纱新中式盘扣上衣国风茶服女 | silk-shirts | 499 | clothes
silk-dress-green | 真丝连衣裙女夏重磅桑蚕丝收腰绿色长裙 | dresses | 599 | clothes
silk-dress-qipao | 改良旗袍年轻款真丝提花日常可穿 | dresses | 469 | clothes
silk-dress-shirt | 衬衫裙真丝显瘦中长款气质通勤 | dresses | 529 | clothes
songjin-dress | 宋锦马面裙新中式织金日常改良 | dresses | 398 | clothes
silk-pyjama-set | 真丝睡衣套装女长袖桑蚕丝家居服两件套 | pyjamas | 489 | clothes
silk-nightdress | 吊带睡裙真丝蕾丝边夏季凉感可外穿 | pyjamas | 229 | clothes
silk-pyjama-men | 男士真丝睡裤桑蚕丝家居长裤宽松 | pyjamas | 259 | clothes
`);
