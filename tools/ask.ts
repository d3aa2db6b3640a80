import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { openPack } from '../app/core/content/index.ts';
import { createConsultant } from '../app/core/consult/index.ts';
import type { Consultant, ConsultationTrace } from '../app/core/consult/index.ts';
import type { Citation, Consultation } from '../app/contract/consult.ts';
import { inOrderOfNeed, isMet, wantsAddress } from '../app/domain/consult/index.ts';
import { todayInChina } from './calc/today.ts';
import { ensureLibraryPack } from './content/starter.ts';

const HELP = `The answer engine without a screen.

  npm run -s ask -- "老板不发工资怎么办"
  npm run -s ask -- --jsonl [--pack DIR] < questions.jsonl

  --jsonl      one {"id","question"} a line in; one line out for each:
               {"id","topic","intent","decision","confidence","answers":[{"id","title","score"}],
                "citations":[{"law","article","version"}],"ms"}
               topic: public class name, 其他 when outside or not read, whether or not an answer is chosen, and
               confidence: how likely that topic is; intent: what is wanted (consequences, what-to-do, guide,
               calculate, draft, where, legal-aid, complain, progress, human) or null;
               decision: answer, choose, handover or refused;
               citations: those of the answer, then what a pack's statute library has on the question, best first,
               at most 100; "check":true marks an article that has probably been revised since;
               "repealed":[{"law","by","since"}] only where the question names a law that is no longer in force, with
               what stands in its place; such a law is never cited.
               A line that cannot be read gives {"id","error":{"code":"bad_line","message"}}, its id null where it has none.
  --pack DIR   a built pack (default: the starter pack, with the statute library where one is kept beside the checkout;
               built first where it is missing)

Exit codes: 0 fine, 1 a bad line or no usable pack, 2 wrong usage.
`;

class UsageError extends Error {}

const OTHER = '其他';
const MOST_CITATIONS = 100;
const MOST_ANSWERS = 3;

/** Ids come back as they were given. */
const id = z.union([z.string(), z.number()]);
const questionLine = z.object({ id, question: z.string() });
const namedLine = z.object({ id });

type Line = z.infer<typeof questionLine> | { id: string | number | null; question: null };

/** The question of a line; without one the id all the same, where there is one. */
function parseLine(line: string): Line {
  const given = parsed(line);
  const whole = questionLine.safeParse(given);
  if (whole.success) return whole.data;
  const named = namedLine.safeParse(given);
  return { id: named.success ? named.data.id : null, question: null };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

interface CitedArticle {
  law: string;
  article: string;
  version: string;
  check?: true;
}

function ofAnswers(consultation: Consultation, consultant: Consultant): Citation[] {
  const cited = (ids: string[]) => ids.flatMap((id) => consultant.open(id)?.citations ?? []);
  switch (consultation.decision) {
    case 'answer':
      return consultation.answer.citations;
    case 'choose':
      return cited(consultation.candidates.map(({ id }) => id));
    default:
      return [];
  }
}

/** The answer's own articles first. While it is still a choice, the library weighs the candidates' articles itself. */
async function citationsOf(
  question: string,
  consultation: Consultation,
  trace: ConsultationTrace,
  consultant: Consultant,
): Promise<CitedArticle[]> {
  if (consultation.decision === 'refused') return [];
  const found = await consultant.statutes(question, trace, MOST_CITATIONS);
  const sure = consultation.decision === 'answer' || found.length === 0;
  const cited = new Map<string, CitedArticle>();
  for (const { law, article, version } of sure ? ofAnswers(consultation, consultant) : [])
    cited.set(`${law} ${article}`, { law, article, version });
  for (const { law, article, version, check } of found) {
    const key = `${law} ${article}`;
    if (!cited.has(key)) cited.set(key, { law, article, version, ...(check ? { check } : {}) });
  }
  return [...cited.values()].slice(0, MOST_CITATIONS);
}

/** What the answer engine said, as one flat record for scorers. `confidence` is the topic's. */
async function record(
  question: string,
  consultation: Consultation,
  trace: ConsultationTrace,
  consultant: Consultant,
) {
  const { decision } = consultation;
  const offered =
    decision === 'answer'
      ? trace.ranked
      : decision === 'choose'
        ? trace.ranked.filter(({ id }) => consultation.candidates.some((candidate) => candidate.id === id))
        : [];
  const answers = offered
    .slice(0, MOST_ANSWERS)
    .map(({ id, title, score }) => ({ id, title, score: rounded(score) }));
  return {
    topic: trace.matter?.class ?? OTHER,
    intent: trace.need?.code ?? null,
    decision,
    confidence: rounded(trace.matter?.probability ?? 0),
    answers,
    citations: await citationsOf(question, consultation, trace, consultant),
    ...('repealed' in consultation && consultation.repealed.length > 0
      ? { repealed: consultation.repealed }
      : {}),
  };
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

async function answerLines(consultant: Consultant): Promise<boolean> {
  let allGood = true;
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const { id, question } = parseLine(line);
    if (question === null) {
      allGood = false;
      const message = `line ${number} is not {"id","question"}`;
      console.error(`ask: ${message}`);
      console.log(JSON.stringify({ id, error: { code: 'bad_line', message } }));
      continue;
    }
    const started = performance.now();
    const { consultation, trace } = await consultant.trace(question);
    const said = await record(question, consultation, trace, consultant);
    const ms = Math.round((performance.now() - started) * 100) / 100;
    console.log(JSON.stringify({ id, ...said, ms }));
  }
  return allGood;
}

/** What the need asks for stands first, as on the screen: addresses and numbers, or the way that leads there. */
function wantedFirst({ answer, need }: Extract<Consultation, { decision: 'answer' }>): string[] {
  if (wantsAddress(need)) {
    const calls = answer.actions.flatMap((action) =>
      action.kind === 'call' ? [`${action.number} ${action.name}`] : [],
    );
    return [...new Set([...answer.steps.flatMap(({ where }) => where ?? []), ...calls])];
  }
  const [way] = inOrderOfNeed(need, answer.actions);
  if (way === undefined || !isMet(need, [way])) return [];
  switch (way.kind) {
    case 'calculate':
      return [way.calculator];
    case 'intake':
      return [way.form];
    case 'answer':
    case 'guide':
      return [way.title];
    case 'call':
      return [way.number];
  }
}

function print(consultation: Consultation): void {
  if (consultation.decision !== 'refused' && consultation.urgent !== null) {
    console.log(`! ${consultation.urgent.numbers.map(({ number, name }) => `${number} ${name}`).join('  ')}`);
  }
  if (consultation.decision !== 'refused')
    for (const { law, by, since } of consultation.repealed)
      console.log(
        `! 《${law}》 repealed${since === null ? '' : ` since ${since}`}${by === null ? '' : `: 《${by}》`}`,
      );
  switch (consultation.decision) {
    case 'answer': {
      const { title, plain, steps, citations } = consultation.answer;
      console.log(`${title}\n`);
      const first = wantedFirst(consultation);
      if (first.length > 0) console.log(`${consultation.need ?? ''}: ${first.join('  ')}\n`);
      console.log(`${plain}\n`);
      steps.forEach((step, index) =>
        console.log(
          `${index + 1}. ${[step.do, step.where, step.deadline].filter((part) => part !== null).join(' / ')}`,
        ),
      );
      console.log('');
      citations.forEach(({ law, article, version, gist }) =>
        console.log(`《${law}》${article}（${version}）${gist}`),
      );
      return;
    }
    case 'choose':
      console.log(`choose: ${consultation.candidates.map(({ title }) => title).join(' / ')}`);
      return;
    case 'handover':
      console.log(`handover (${consultation.reason}): 12348`);
      return;
    case 'refused':
      console.log(`refused (${consultation.reason})`);
  }
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { jsonl: { type: 'boolean' }, pack: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const jsonl = values.jsonl === true;
  const [question, ...rest] = positionals;
  if (jsonl ? question !== undefined : question === undefined || rest.length > 0) {
    throw new UsageError(
      jsonl ? 'with --jsonl the questions come from standard input' : 'give exactly one question in quotes',
    );
  }
  const directory =
    values.pack === undefined
      ? ensureLibraryPack((line) => console.error(`ask: ${line}`))
      : resolve(values.pack);
  const opened = openPack(directory);
  if (!opened.ok)
    throw new Error(
      `${directory}: ${opened.failure.code === 'damaged' ? `${opened.failure.file} is damaged or missing` : opened.failure.code}`,
    );
  const pack = opened.value;
  const consultant = await createConsultant(pack, { today: todayInChina });
  try {
    if (jsonl) return (await answerLines(consultant)) ? 0 : 1;
    print(await consultant.ask(question ?? ''));
    return 0;
  } finally {
    await consultant.close();
    pack.close();
  }
}

// Whoever reads our output may stop early (`| head`); that is no fault of ours.
process.stdout.on('error', () => process.exit(0));

try {
  process.exitCode = await run();
} catch (error) {
  const usage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  console.error(
    `ask: ${error instanceof Error ? error.message : String(error)}${usage ? ' (see --help)' : ''}`,
  );
  process.exitCode = usage ? 2 : 1;
}
