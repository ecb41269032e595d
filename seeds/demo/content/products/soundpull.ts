import { productRows } from './rows.ts';

/** Earphones, chargers and small appliances. */
export const soundpull = productRows(`
true-wireless | bluetooth earphone 蓝牙耳机真无线入耳式降噪超长续航 | earphones | 129 | tech
open-ear | 声引OpenEar不入耳开放式骨传导运动蓝牙耳机 | earphones | 199 | tech
headset | 头戴式蓝牙耳机主动降噪ANC重低音电脑电竞 | earphones | 259 | tech
clip-ear | 耳夹式耳机无线蓝牙5.4舒适不掉女生礼物 | earphones | 159 | tech
wired-typec | type-c有线耳机半入耳带麦唱歌游戏线控 | earphones | 39.9 | tech
kids-headset | 儿童网课耳机头戴护耳85分贝带麦 | earphones | 89 | kids-print
sleep-earbud | 睡眠耳机侧睡不压耳隔音降噪小型隐形 | earphones | 149 | tech
mini-speaker | Soundpull便携蓝牙音箱户外防水迷你低音炮 | speakers | 99 | tech
square-speaker | 广场舞音响拉杆大音量带无线话筒K歌 | speakers | 329 | one
desk-speaker | 桌面电脑音箱台式USB有源2.0家用书架 | speakers | 169 | tech
lamp-speaker | 床头氛围灯蓝牙音响白噪音闹钟助眠 | speakers | 139 | tech
lavalier | 无线领夹麦克风一拖二直播收音降噪手机专用 | microphones | 169 | tech
live-mic | 主播直播声卡套装电容麦唱歌录音设备全套 | microphones | 399 | one
karaoke-mic | 全民K歌话筒音响一体手机无线儿童家庭 | microphones | 79 | tech
gan-charger | 65W氮化镓GaN充电器多口快充头折叠 | chargers | 79 | tech
cable-240w | 编织数据线双头type-c快充240W两米 | chargers | 25.9 | packs
magnetic-charger | 磁吸无线充电器三合一手表手机耳机底座 | chargers | 119 | tech
thin-powerbank | 超薄充电宝10000毫安自带线可上飞机3C认证 | power-banks | 89 | tech
mag-powerbank | 磁吸移动电源迷你5000mAh无线快充 | power-banks | 99 | tech
desk-stand | 直播手机支架落地三脚架补光灯一体自拍杆 | phone-stands | 69 | tech
lazy-stand | 懒人支架床头追剧悬臂桌面平板支撑架 | phone-stands | 29.9 | tech
smart-watch | 智能手表通话血氧心率运动GPS男女安卓苹果通用 | smart-watches | 299 | tech
smart-band | 智能手环睡眠监测防水计步NFC门禁公交 | smart-bands | 149 | tech
humidifier | 静音加湿器家用卧室孕妇婴儿大雾量桌面 | humidifiers | 69 | tech
turbo-fan | 全网最低价手持小风扇挂脖暴风涡轮usb充电学生 | fans | 49.9 | tech
`);
