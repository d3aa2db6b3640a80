import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { openPack } from '../app/core/content/index.ts';
import type { PackFault } from '../app/core/content/index.ts';
import { openIntentModel } from '../models/intent/index.ts';
import { buildPack, checkContent } from './content/build.ts';
import type { CheckedContent } from './content/build.ts';
import { previews } from './content/preview.ts';
import { formatProblem, hasErrors } from './content/problem.ts';
import { promptSounds, promptsOf } from './content/prompts.ts';
import { readContentSources } from './content/read.ts';
import { CONTENT_FOLDER, defaultLaws, STARTER_PACK } from './content/starter.ts';

const HELP = `Content packs.

  npm run -s content -- lint  [--laws FILE] [--content DIR] [--as-of DATE]
  npm run -s content -- build [--laws FILE] [--content DIR] [--out DIR] [--prompts espeak-ng|DIR]
  npm run -s content -- prompts [--content DIR]
  npm run -s content -- verify DIR
  npm run -s content -- preview ID [--content DIR]

  lint     checks content/: each file's form, and what crosses files
  build    lints, then writes a pack: content.db, intent model, parameters, manifest,
           and with --laws the statute library, statutes.db
  verify   checks a pack's hashes, works its cases with its figures, and opens it
  preview  prints the answer or guide of that id as its slip
  prompts  lists the sentences that a pack may bring as sound, each after the name of its file

  --laws FILE     statute library that every citation must be found in: .jsonl or .jsonl.xz with one article a line,
                  or a folder of Markdown and plain texts in the form 第X条. Without it the one in ../shared/data is
                  looked up, and when there is none citations stay unchecked; the pack then carries no statutes.
  --content DIR   sources (default content/)
  --as-of DATE    day on which lint judges what is past its review (default today); the builder does not judge that,
                  the kiosk says it
  --out DIR       where the pack goes (default build/packs/starter); replaced whole
  --prompts …     puts sound of these sentences into the pack: rendered by espeak-ng, or recordings from a folder
                  (16-bit WAV, 16 kHz, under the names that "prompts" lists); they are heard before any other voice

Exit codes: 0 fine, 1 errors in the content or a damaged pack, 2 wrong usage.
`;

class UsageError extends Error {}

const say = (line: string) => console.error(line);

function check(content: string | undefined, laws: string | undefined, today: string | null): CheckedContent {
  const library = laws ?? defaultLaws();
  const checked = checkContent(content ?? CONTENT_FOLDER, library, today);
  checked.problems.forEach((problem) => say(formatProblem(problem)));
  if (checked.library === null)
    say('WARNING: no statute library at hand; citations were NOT checked (give one with --laws FILE)');
  return checked;
}

function counts({ sources, problems, library }: CheckedContent): string {
  const entries = [...sources.answers, ...sources.guides].map(({ value }) => value);
  const phrasings = entries.reduce((sum, { phrasings: said }) => sum + said.length, 0);
  const citations = entries.reduce((sum, { basis }) => sum + basis.length, 0);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const checked = library !== null ? 'all looked up' : 'unchecked';
  return `${sources.answers.length} answers, ${sources.guides.length} guides, ${phrasings} phrasings, ${citations} citations (${checked}); ${errors} errors, ${problems.length - errors} warnings`;
}

function faultWords(fault: PackFault): string {
  if (fault.code === 'damaged') return `${fault.file} is damaged or missing`;
  return fault.code === 'wrong_figures' ? `its figures do not lead where “${fault.case}” says` : fault.code;
}

async function verify(directory: string): Promise<number> {
  const opened = openPack(directory);
  if (!opened.ok) {
    say(`${directory}: ${faultWords(opened.failure)}`);
    return 1;
  }
  const { manifest, database, statutes } = opened.value;
  const model = await openIntentModel(opened.value.directory);
  await model.load();
  console.log(
    `${manifest.id} ${manifest.version}: whole; ${database.answers().length} answers, ${database.spoken().length} utterances, as of ${manifest.asOf}`,
  );
  if (statutes !== null) console.log(`  statutes of ${statutes.laws().length} laws`);
  for (const [figure, value] of Object.entries(model.settings.figures)) console.log(`  ${figure} ${value}`);
  await model.close();
  opened.value.close();
  return 0;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      laws: { type: 'string' },
      out: { type: 'string' },
      content: { type: 'string' },
      'as-of': { type: 'string' },
      prompts: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const [command, directory, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`unexpected: ${rest.join(' ')}`);
  switch (command) {
    case 'lint': {
      const today = values['as-of'] ?? new Date().toISOString().slice(0, 10);
      if (Number.isNaN(Date.parse(today))) throw new UsageError(`${today} is not a date such as 2026-11-22`);
      const checked = check(values.content, values.laws, today);
      console.log(counts(checked));
      return hasErrors(checked.problems) ? 1 : 0;
    }
    case 'build': {
      const started = performance.now();
      const out = resolve(values.out ?? STARTER_PACK);
      const checked = check(values.content, values.laws, null);
      console.log(counts(checked));
      if (hasErrors(checked.problems)) return 1;
      const wanted = promptsOf(checked.sources.urgent?.value ?? []);
      const sounds = values.prompts === undefined ? [] : await promptSounds(values.prompts, wanted);
      if (values.prompts !== undefined) say(`prompts: ${sounds.length} of ${wanted.length}`);
      buildPack(checked, out, say, values.laws === undefined ? [] : (checked.library?.rows ?? []), sounds);
      console.log(`${out}: written in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      return 0;
    }
    case 'prompts': {
      const { sources } = readContentSources(values.content ?? CONTENT_FOLDER);
      for (const { file, sentence } of promptsOf(sources.urgent?.value ?? []))
        console.log(`${basename(file)}\t${sentence}`);
      return 0;
    }
    case 'preview': {
      if (directory === undefined) throw new UsageError('preview needs the id of an answer or guide');
      const { sources } = readContentSources(values.content ?? CONTENT_FOLDER);
      const slips = previews(sources, directory);
      slips.forEach((slip) => console.log(slip));
      if (slips.length === 0)
        say(`there is no answer and no guide ${directory}, or its file has errors (see lint)`);
      return slips.length === 0 ? 1 : 0;
    }
    case 'verify':
      if (directory === undefined) throw new UsageError('verify needs the folder of a pack');
      return await verify(resolve(directory));
    default:
      throw new UsageError(command === undefined ? 'which command?' : `unknown command ${command}`);
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  const usage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  say(`content: ${error instanceof Error ? error.message : String(error)}${usage ? ' (see --help)' : ''}`);
  process.exitCode = usage ? 2 : 1;
}
