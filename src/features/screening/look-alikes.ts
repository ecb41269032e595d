/** Letters of other alphabets, each followed by the Latin one that it looks like. After lower-casing. */
export const LETTERS =
  'аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdһhӏlԛqԝwҽeαaβbεeηnιiκkνvοoρpτtυuχxγyωwɑaɡgıi' +
  'ꓐbꓑpꓒdꓓdꓔtꓖgꓗkꓙjꓚcꓜzꓝfꓟmꓠnꓡlꓢsꓣrꓦvꓧhꓪwꓫxꓬyꓮaꓰeꓲiꓳoꓴu';

/** Characters written for another one that they look or sound like and are hardly ever written for themselves. */
export const CHARACTERS =
  '蕞最朂最冣最樶最壹一弌一貳二贰二叁三〇0祕秘癒愈慾欲佰百仟千囯国啇商尛小伱你恏好怹他';

/** Characters taken apart and written side by side. Read so only beside the text as it stands: 木及 may be two words. */
export const PARTS: Readonly<Record<string, string>> = {
  ネ申: '神',
  礻申: '神',
  礻必: '秘',
  丁页: '顶',
  木及: '极',
  纟及: '级',
  糸及: '级',
  纟色: '绝',
  弓虽: '强',
  亻呆: '保',
  亻介: '价',
  亻氐: '低',
  亻圭: '佳',
  亻尤: '优',
  米青: '精',
  月巴: '肥',
  疒夂: '疼',
  氵台: '治',
  亻言: '信',
  キ艮: '根',
  木艮: '根',
  王求: '球',
  石皮: '破',
  钅肖: '销',
  金肖: '销',
};

/** Dashes that stand for 一 between other characters. */
export const DASHES = /[\u2010-\u2015\u2500\u2501\u2212\u30fc\u3161\ufe58\ufe63\uff0d\uff70-]/u;

/** What a figure or a sign inside of a word is read as; `l` and `i` are read as one letter, and so is `1`. */
export const FIGURES: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  l: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  9: 'g',
};
export const SIGNS: Readonly<Record<string, string>> = { '@': 'a', $: 's', '!': 'i', '|': 'i', '€': 'e' };
