import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { CALCULATOR_IDS, type ParameterTable } from '../app/domain/compensation/index.ts';
import { verifyProof } from '../app/domain/compensation/proof/index.ts';
import { isCalendarDate } from '../app/domain/calendar/index.ts';
import { answerLine, run } from './calc/answer.ts';
import { readParameterTable } from './calc/parameters.ts';
import { readable, readableError, readableVerdict } from './calc/readable.ts';
import { todayInChina } from './calc/today.ts';

const HELP = `Compensation calculators without a screen.

  npm run -s calc -- --jsonl                       requests on stdin, one JSON object a line; replies on stdout
  npm run -s calc -- --calc ID --inputs JSON       one calculation, printed to be read
                     [--params JSON]               figures given by hand instead of content/parameters

  npm run -s calc -- --verify TEXT                 recomputes the text of a sheet's QR code: 一致 or 不一致

  --today YYYY-MM-DD   the day of the sheet (default: today in China)
  --region CODE        where the figures apply (default: CN-53, Yunnan)
  --help

Request  {"id","calc","inputs","params"?}
Reply    {"id","items":[{"code","amount_fen","payer","freq","formula","basis"}],"totals","flags","info","withheld"?,"figures"?}
         or {"id","error":{"code","message","field"}}; the next line is read all the same
Calculators: ${CALCULATOR_IDS.join(', ')}
Exit status: 0 done, 1 a single calculation was refused or a proof does not hold, 2 the command or the proof was not understood
`;

const OPTIONS = {
  jsonl: { type: 'boolean' },
  calc: { type: 'string' },
  inputs: { type: 'string' },
  verify: { type: 'string' },
  params: { type: 'string' },
  today: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean' },
} as const;

class Misuse extends Error {}

function readArguments(): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'] {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    throw new Misuse(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Misuse(`--${name} is not JSON`);
  }
}

async function verify(text: string, table: ParameterTable): Promise<number> {
  const verdict = verifyProof(text, table);
  if (!verdict.ok) throw new Misuse('that is not the text of a proof');
  console.log((await readableVerdict(verdict.value)).join('\n'));
  return verdict.value.consistent ? 0 : 1;
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const today = given.today ?? todayInChina();
  if (!isCalendarDate(today)) throw new Misuse('--today must be a day (YYYY-MM-DD)');
  const asked = [given.jsonl, given.calc, given.verify].filter(
    (each) => each !== undefined && each !== false,
  );
  if (asked.length !== 1) throw new Misuse('give one of --jsonl, --calc ID --inputs JSON, --verify TEXT');
  const table = readParameterTable(join(import.meta.dirname, '../content/parameters'));
  if (given.verify !== undefined) return verify(given.verify, table);
  const setting = { table, today, region: given.region ?? 'CN-53' };
  if (given.jsonl === true) {
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      if (!process.stdout.write(`${JSON.stringify(answerLine(line, setting))}\n`))
        await once(process.stdout, 'drain');
    }
    return 0;
  }
  if (given.inputs === undefined) throw new Misuse('--calc needs --inputs JSON');
  const params = given.params === undefined ? {} : { params: parseJson('params', given.params) };
  const result = run({ calc: given.calc, inputs: parseJson('inputs', given.inputs), ...params }, setting);
  if (!result.ok) {
    console.error(await readableError(result.failure));
    return 1;
  }
  console.log((await readable(result.value)).join('\n'));
  return 0;
}

// Whoever reads our output may stop early (`| head`); that is no fault of ours.
process.stdout.on('error', () => process.exit(0));

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Misuse)) throw error;
  console.error(`calc: ${error.message} (--help)`);
  process.exitCode = 2;
}
