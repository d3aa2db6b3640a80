import type { ParameterTable, Translate } from '../../app/domain/compensation/index.ts';
import { verifyProof } from '../../app/domain/compensation/proof/index.ts';
import words from '../../locales/zh-CN/calculator.json' with { type: 'json' };
import { verdictLines } from '../calc/lines.ts';

/** The published figures, put in by the builder. */
declare const PUBLISHED: ParameterTable;

/** A key such as `figure.lpr.1y` is a path. */
function text(key: string): string {
  const found = key
    .split('.')
    .reduce<unknown>(
      (tree, step) =>
        typeof tree === 'object' && tree !== null ? (tree as Readonly<Record<string, unknown>>)[step] : null,
      words,
    );
  return typeof found === 'string' ? found : key;
}

const translate: Translate = (key, values = {}) =>
  text(key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));

const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  content = '',
): HTMLElementTagNameMap[Name] => Object.assign(document.createElement(name), { textContent: content });

const heading = element('h1', translate('proof.title'));
const label = element('label', translate('proof.ask'));
const field = element('textarea');
const button = element('button', translate('proof.check'));
const outcome = element('section');
field.id = 'proof';
field.rows = 6;
label.htmlFor = field.id;
outcome.setAttribute('aria-live', 'polite');

function check(): void {
  const verdict = verifyProof(field.value, PUBLISHED);
  const [first = '', ...lines] = verdict.ok
    ? verdictLines(verdict.value, translate)
    : [translate('proof.unreadable')];
  const mark = element('p', first);
  mark.className = verdict.ok && verdict.value.consistent ? 'holds' : 'fails';
  outcome.replaceChildren(mark, ...lines.map((line) => element('p', line)));
}

button.addEventListener('click', check);
document.title = translate('proof.title');
document.body.append(heading, label, field, button, outcome);
