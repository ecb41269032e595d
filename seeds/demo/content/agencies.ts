import type { AgencySeed, BeltSeed } from './shapes.ts';

/** Two recruiters, two creator managers and the base of the belt. */
export const agencies: AgencySeed[] = [
  {
    key: 'agency:jiangfeng',
    name: '江风选品团',
    gloss: 'River Breeze Selection, a recruiter',
    city: '杭州',
    about: '专做家居、食品、茶饮的招商团长，二十二人团队，每周两场选品会，样品先试后推。',
    services: ['RECRUITING'],
  },
  {
    key: 'agency:xinghuo',
    name: '星火招商',
    gloss: 'Spark Merchants, a recruiter',
    city: '广州',
    about: '美妆、数码、运动品类的招商团长，和一百六十位达人长期合作，按周出选品榜。',
    services: ['RECRUITING', 'CONTENT'],
  },
  {
    key: 'agency:yuanye',
    name: '原野文化传媒',
    gloss: 'Open Field Media, a manager of creators',
    city: '临沂',
    about: '从临沂直播基地起步的达人机构，主推生活、食品和源头好货，签约达人以家庭号为主。',
    services: ['CREATOR_MANAGEMENT'],
  },
  {
    key: 'agency:bailu',
    name: '白鹭MCN',
    gloss: 'Egret MCN, a manager of creators',
    city: '厦门',
    about: '运动、美妆、数码达人机构，提供脚本、场控和投放服务。',
    services: ['CREATOR_MANAGEMENT', 'CONTENT'],
  },
  {
    key: 'agency:dieshiqiao',
    name: '叠石桥家纺直播基地',
    gloss: 'Dieshiqiao Home Textile Live Base',
    city: '南通',
    about: '南通家纺产业带的直播基地，六十间直播间、八千款现货样品，四十八小时内发出。',
    services: ['BELT_BASE', 'RECRUITING'],
  },
];

/** The industrial belt of the demo. */
export const belts: BeltSeed[] = [
  {
    key: 'belt:nantong',
    name: '南通家纺产业带',
    gloss: 'Nantong home textile belt',
    region: '江苏南通',
    agency: 'agency:dieshiqiao',
    about: '叠石桥与志浩两大市场之间，从纺纱、织造、印染到成品的完整家纺产业带。',
  },
];
