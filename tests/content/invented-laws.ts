/** Laws of no country, for tests: one article a line, as a statute library has them. */
const article = (
  law: string,
  name: string,
  text: string,
  status: 'ok' | 'check' | 'repealed' = 'ok',
  chapter = '第一章 总则',
) => ({
  law: `中华人民共和国${law}`,
  law_norm: law,
  type: '法律',
  version_date: '2020-05-01',
  article: name,
  chapter,
  text,
  status,
});

export const INVENTED_LAWS = [
  article('灯笼法', '第一条', '挂灯笼应当挂稳。'),
  article('灯笼法', '第二条', '灯笼掉下来砸坏别人东西的，挂灯笼的人应当赔偿。'),
  article('灯笼法', '第二条之一', '灯笼借给别人挂的，由挂的人赔偿。'),
  article('灯笼法', '第三条', '灯笼掉下来砸坏别人东西的，由村长赔偿。', 'repealed'),
  article('灯笼法', '第四条', '灯笼的颜色由县里规定。', 'check', '第二章 颜色'),
  article('渡船规则', '第一条', '渡船不得超载。'),
  article('渡船规则', '第二条', '渡船超载的，罚款一百元。', 'ok', '第三章 处罚'),
  article(
    '渡船规则',
    '第三条',
    '本规则自2020年5月1日起施行。《中华人民共和国风筝法》同时废止。',
    'ok',
    '第三章 处罚',
  ),
];

export const inventedJsonl = INVENTED_LAWS.map((row) => `${JSON.stringify(row)}\n`).join('');
