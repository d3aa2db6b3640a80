import { expect, it } from 'vitest';

import { repealsIn } from './repeals.ts';
import type { StatuteRow } from './statute-row.ts';

const row = (law: string, text: string, status: StatuteRow['status'] = 'ok'): StatuteRow => ({
  ...{ title: `中华人民共和国${law}`, law, kind: '法律', version: '2020-05-28' },
  ...{ article: '第一条', ordinal: 1, sub: 0, chapter: '', text, status },
});

it('reads from the texts which laws ended, when, and by which law', () => {
  const repeals = repealsIn([
    row('灯笼典', '本法自2021年1月1日起施行。《中华人民共和国灯笼法》、《中华人民共和国渡船法》同时废止。'),
    row('渡船法', '渡船不得超载。', 'repealed'),
    row('灯笼解释', '《关于适用〈中华人民共和国灯笼法〉的意见》即行废止。'),
    row('鼓楼法', '本法自2000年2月3日起施行，1950年公布的《中华人民共和国鼓楼法》同时废止。'),
    row('旧规定', '击鼓须知。', 'repealed'),
    row('标准法', '应当废止的标准，由主管部门公告。《标准目录》继续有效。'),
  ]);
  expect(repeals).toEqual([
    { law: '关于适用灯笼法的意见', by: '灯笼解释', since: null },
    { law: '旧规定', by: null, since: null },
    { law: '渡船法', by: '灯笼典', since: '2021-01-01' },
    { law: '灯笼法', by: '灯笼典', since: '2021-01-01' },
  ]);
});
