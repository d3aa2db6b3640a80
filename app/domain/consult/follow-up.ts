/** What the last answer, or the last question that was unclear, was about: in its light a short question is read. */
export interface Subject {
  /** Words that stand for it. */
  words: string;
  /** As the screen names it. */
  title: string;
  topic: string;
  /** The answer that was shown; null where the kiosk asked back. */
  answer: string | null;
}

const wordsIn = (lines: readonly string[]) => new Set(lines.join(' ').split(' '));

/** What ties a question to the one before, and little words. */
const TYING = wordsIn([
  '那 那么 还 还有 还要 又 再 然后 另外 如果 要是 万一 假如 的话 这 这个 这种 这样 这些 那个 那种 那样 它 他 她 他们 她们 对方 人家',
  '我 我们 您 你 本人 自己 一般 大概 大约 到底 究竟 具体 现在 以后 之后 后面 接下来 先 就 也 都 才 只 只能 必须 一定 一个',
  '是 是不是 有 没 没有 有没有 不 不是 不用 要 要不要 需要 需不需要 得 能 能不能 可以 可不可以 会 会不会 行 行不行 应该 该 想',
  '了 着 过 的 地 吗 呢 吧 啊 嘛 么 个 上 下 来 去 到 给 被 让 把 跟 和 由 用 从 在 为 对 向 按 请',
]);
/** How things are asked for, and what is done, without saying about what; 0 stands for every amount (几天, 一年). */
const ASKING = wordsIn([
  '多久 多长 多长时间 0天 0个月 0月 0年 0小时 0次 什么时候 啥时候 哪天 时间 期限 时限 时效 过期 超过 晚了 来得及 最快 最晚 最迟 多快',
  '多少 多少钱 好多 好多钱 几多 0块 0元 几倍 几成 钱 费 费用 收费 免费 花钱 标准 比例 怎么算 咋算 怎样算 算 计算 算法 贵',
  '材料 资料 手续 证件 证明 证据 身份证 原件 复印件 表格 带 带什么 带啥 准备 交 提交 提供 流程 步骤 程序',
  '哪 哪里 哪儿 哪个 哪种 哪些 哪家 地方 地址 电话 单位 部门 机关 窗口 网上 手机上 在哪 去哪 找谁 找哪个 谁 谁来 谁出 谁管 谁付 谁赔',
  '什么 啥 哪样 怎么 怎么办 怎么弄 怎么样 怎样 怎么写 怎么说 怎么要 咋 咋办 咋个 咋个办 咋整 如何 为什么 为啥 凭什么 下一步',
  '办 办理 办好 办完 申请 提出 申报 写 填 拿 拿到 领 领取 收到 等 等到 查 查询 问 问谁 投诉 举报 告 告他 起诉 打官司 仲裁 调解 协商',
  '上诉 反悔 撤销 撤回 取消 赔 赔偿 赔多少 补 补偿 退 付 出 出钱 还 判 算数 有效 有用 管用 合法 违法 后果 下来 结果 进度 成功 通过',
  '处理 解决 受理 立案 执行 开庭 签 签字 同意 不同意 承认 不承认 不认 不服 不给 不理 不肯 不管 不办 不来 不接 不签 不退 不赔 不受理',
  '拒绝 拖着 拖 赖 赖着 跑了 找不到 输 输了 赢 赢了 本人去 代办 别人 家人 代替 委托',
  '罚 拘留 坐牢 判刑 抓 关 关多久 手写 打印 电子版 收据 发票 录音 录像 聊天记录 微信',
]);
const LONGEST_WORD = 4;
/** A longer question tells what it is about. */
const LONGEST = 16;

/**
 * Whether a normalised text asks for something, but says nothing of what it is about ("那多久", "要多少钱", "他不给呢"): it
 * can be cut into such words without rest, and one of them asks. Pure.
 */
export function leansOnBefore(text: string): boolean {
  if (text.length > LONGEST) return false;
  /** By how far one came: whether a word that asks was among those so far; undefined where no cut leads. */
  const came: (boolean | undefined)[] = [false];
  for (let end = 1; end <= text.length; end += 1)
    for (let start = Math.max(0, end - LONGEST_WORD); start < end; start += 1) {
      const before = came[start];
      const word = text.slice(start, end);
      if (before === undefined || !(TYING.has(word) || ASKING.has(word))) continue;
      came[end] = came[end] === true || before || ASKING.has(word);
    }
  return came[text.length] === true;
}
