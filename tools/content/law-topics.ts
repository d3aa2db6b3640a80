/**
 * Which topic an article is about, by its law and, within the Civil Code, its chapter. A weak label: good enough to learn
 * how people and statutes speak about a topic, never shown to anybody. The first line that fits decides.
 */
const LINES: readonly (readonly [law: RegExp, chapter: RegExp, topic: string])[] = [
  [/^民法典/u, /婚姻家庭编/u, 'family'],
  [/^民法典/u, /继承编/u, 'inheritance'],
  [/^民法典/u, /担保物权|保证责任|留置权|质权|抵押权|保证合同|第十三章/u, 'security'],
  [/^民法典/u, /业主的建筑物|物业服务|租赁合同$|居住权|中介合同/u, 'housing'],
  [/^民法典/u, /土地承包|宅基地|地役权/u, 'land'],
  [/^民法典/u, /相邻关系/u, 'injury'],
  [/^民法典/u, /借款合同|不当得利/u, 'lending'],
  [/^民法典/u, /建设工程/u, 'construction'],
  [/^民法典/u, /技术开发|技术转让|技术咨询/u, 'ip'],
  [/^民法典/u, /合伙合同|法人|非法人/u, 'company'],
  [/^民法典/u, /医疗损害/u, 'medical'],
  [/^民法典/u, /机动车交通/u, 'traffic'],
  [/^民法典/u, /生命权|饲养动物|建筑物和物件|高度危险|责任主体/u, 'injury'],
  [/^民法典/u, /产品责任/u, 'consumer'],
  [/^民法典/u, /客运合同/u, 'station'],
  [/^民法典/u, /人格权编|侵权责任编/u, 'tort'],
  [/^民法典/u, /监\s?护/u, 'care'],
  [/^民法典/u, /诉讼时效/u, 'general'],
  [/^民法典/u, /合同编/u, 'contract'],
  [/工伤保险|职业病|因工/u, /(?:)/u, 'work-injury'],
  [/劳动|工资|年休假|就业促进|女职工|工会法|职工/u, /(?:)/u, 'labour'],
  [/社会保险|社会救助|最低生活|失业保险|住房公积金|医疗保障/u, /(?:)/u, 'welfare'],
  [/担保/u, /(?:)/u, 'security'],
  [/民间借贷|贷款|商业银行法|征信/u, /(?:)/u, 'lending'],
  [/商标|著作权|专利|知识产权|软件保护|信息网络传播|植物新品种/u, /(?:)/u, 'ip'],
  [/公司法|合伙企业|个人独资|破产|外商投资|市场主体|公司登记/u, /(?:)/u, 'company'],
  [/建设工程|建筑法|招标投标/u, /(?:)/u, 'construction'],
  [/旅游|食品|产品质量|消费|价格法|反不正当/u, /(?:)/u, 'consumer'],
  [/铁路|民用航空|旅客|客运/u, /(?:)/u, 'station'],
  [/物业|房屋租赁|区分所有权|商品房|城市房地产|住房/u, /(?:)/u, 'housing'],
  [/房屋征收|征收与补偿|移民安置/u, /(?:)/u, 'demolition'],
  [/土地承包|土地管理|草原|农村|农业|林/u, /(?:)/u, 'land'],
  [/道路交通|机动车/u, /(?:)/u, 'traffic'],
  [/医疗|医师|药品|护士|献血|疫苗|传染病|精神卫生/u, /(?:)/u, 'medical'],
  [/海商|海事|船舶|船员|港口|海上/u, /(?:)/u, 'maritime'],
  [/涉外|出境入境|外国人|护照|国籍|外商|领事|进出口|海关|边境/u, /(?:)/u, 'foreign'],
  [/婚姻家庭|婚姻登记|收养|反家庭暴力|抚养/u, /(?:)/u, 'family'],
  [/继承/u, /(?:)/u, 'inheritance'],
  [/刑事|刑法|诈骗|盗窃|监狱|看守所|毒品|禁毒|社区矫正|犯罪/u, /(?:)/u, 'crime'],
  [/治安管理|反有组织/u, /(?:)/u, 'fraud'],
  [/行政|国家赔偿|信访|政府信息|公务员|户口登记|监察/u, /(?:)/u, 'administration'],
  [/侵权|精神损害|人身损害|环境/u, /(?:)/u, 'tort'],
  [/未成年人|老年人|残疾|退役|烈士|义务教育|兵役|妇女/u, /(?:)/u, 'care'],
  [/法律援助/u, /(?:)/u, 'legal-aid'],
  [/律师|法律职业/u, /(?:)/u, 'legal-service'],
  [/公证|司法鉴定/u, /(?:)/u, 'notary'],
  [/人民调解/u, /(?:)/u, 'mediation'],
  [/民事诉讼|仲裁法|执行|诉讼费|证据/u, /(?:)/u, 'general'],
  [/保险法|合同|买卖|电信|邮政/u, /(?:)/u, 'contract'],
];

/** The topic code, or null where none is plain. */
export function topicOfArticle(law: string, chapter: string): string | null {
  return LINES.find(([name, part]) => name.test(law) && part.test(chapter))?.[2] ?? null;
}

const LAND: readonly (readonly [words: RegExp, publicClass: string])[] = [
  [/征|补偿|青苗|占用|拆/u, '拆迁安置'],
  [/承包|流转|转包|转租|租|合同|换地/u, '合同纠纷'],
  [/宅基地|建房|盖房|地基|房/u, '房产纠纷'],
];

/** The public class of a text about land: taken, let, built on, or in dispute with those who govern it. */
export function classOfLand(text: string): string {
  return LAND.find(([words]) => words.test(text))?.[1] ?? '行政诉讼';
}
