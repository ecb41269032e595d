import { productRows } from './rows.ts';

/** Skin care for sensitive skin. */
export const hebai = productRows(`
amino-cleanser | 荷白氨基酸洗面奶温和清洁敏感肌不紧绷 | cleansers | 59 | double
cleansing-balm | 卸妆膏眼唇脸三合一乳化快不糊眼 | cleansers | 79 | double
cleansing-oil | 植物卸妆油清爽养肤油敏肌学生 | cleansers | 69 | double
enzyme-powder | 木瓜酵素洁颜粉去黑头洗面粉独立颗粒 | cleansers | 65 | mask
ceramide-cream | 神经酰胺修护面霜保湿屏障干敏皮秋冬 | creams | 129 | double
vc-serum | 20%VC精华液提亮肤色抗氧原液早C | creams | 149 | double
retinol-serum | A醇晚霜抗皱紧致淡纹晚A新手入门 | creams | 169 | double
b5-gel | B5修护精华保湿舒缓泛红晒后凝胶 | creams | 89 | double
eye-cream | 咖啡因眼霜淡化黑眼圈细纹熬夜党 | creams | 99 | double
snail-cream | 素颜霜懒人面霜妆前隔离提亮不假白 | creams | 69 | double
ha-mask | 玻尿酸补水面膜女深层保湿熬夜急救 | masks | 49 | mask
tea-mask | 茶树控油祛痘面膜男女学生清洁泥膜 | masks | 59 | mask
lotus-mask | 白荷花冻干面膜舒缓修护一次一片 | masks | 99 | mask
lip-mask | 蜂蜜唇膜淡化唇纹保湿防干裂夜间 | masks | 29.9 | double
suncream | 物理防晒霜SPF50+ PA++++不搓泥军训敏感肌 | sunscreen | 79 | double
sunspray | 防晒喷雾清爽便携补妆不粘腻全身可用 | sunscreen | 59 | double
matte-lip | 丝绒哑光口红显白不掉色平价学生 | lipsticks | 49 | shade
mirror-lip | 镜面唇釉水光嘟嘟唇奶茶色不沾杯 | lipsticks | 45 | shade
cushion | 气垫BB霜遮瑕持久控油干皮不卡粉 | foundations | 99 | shade-skin
foundation | 养肤粉底液奶油肌遮瑕混油皮12h持妆 | foundations | 119 | shade-skin
ginger-shampoo | 生姜防脱洗发水控油蓬松去屑无硅油 | shampoo | 55 | double
hair-mask | 发膜免蒸修复干枯毛躁烫染受损柔顺 | shampoo | 49 | double
body-wash | 烟酰胺沐浴露持久留香嫩肤大瓶家庭装 | body-wash | 39.9 | double
hand-cream | 樱花护手霜小支便携滋润防干裂秋冬 | hand-cream | 19.9 | packs
laundry-liquid | 荷白内衣洗衣液去血渍抑菌生理裤专用 | laundry | 25.9 | double
`);
