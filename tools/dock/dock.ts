/** The dock of a development build: each command of the simulators as a form, and how the devices are. */

interface Command {
  name: string;
  /** As on the command line: `cover open|closed`, `paper-out-at BYTES`, `place-card jia|yi [ADDRESS]`. */
  usage: string;
  help: string;
}

interface Answer {
  ok: boolean;
  value?: unknown;
  error?: string;
}

const lookEveryMs = 1000;

async function ask(command: string, argument = ''): Promise<Answer> {
  const query = new URLSearchParams({ command, argument }).toString();
  const response = await fetch(`dock/do?${query}`);
  return response.ok ? ((await response.json()) as Answer) : { ok: false, error: await response.text() };
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** What follows the name of a command: a choice where there are several, a field otherwise. */
function argumentField(token: string): HTMLSelectElement | HTMLInputElement {
  if (!token.includes('|')) return element('input', { placeholder: token, size: 8 });
  return element('select', {}, ...token.split('|').map((choice) => element('option', {}, choice)));
}

function commandForm({ name, usage, help }: Command, tell: (words: string) => void): HTMLFormElement {
  const fields = usage.split(' ').slice(1).map(argumentField);
  const form = element('form', { title: help }, element('button', {}, name), ...fields);
  form.dataset['command'] = name;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const argument = fields.map(({ value }) => value.trim()).filter((value) => value !== '');
    void ask(name, argument.join(' ')).then(({ ok, value, error }) =>
      tell(ok ? (value === null ? 'ok' : JSON.stringify(value, undefined, 1)) : (error ?? 'no answer')),
    );
  });
  return form;
}

/** Only what is not as it should be: `printer paperOut`, `reader card`. */
function remarkable(status: unknown): string {
  const devices = Object.entries((status ?? {}) as Record<string, Record<string, unknown>>);
  return devices
    .map(([device, facts]) => {
      const told = Object.entries(facts)
        .filter(([fact, value]) => (fact === 'plugged' ? value === false : Boolean(value)))
        .map(([fact, value]) =>
          fact === 'plugged' ? 'unplugged' : value === true ? fact : `${fact} ${String(value)}`,
        );
      return `${device}: ${told.length === 0 ? 'well' : told.join(', ')}`;
    })
    .join('\n');
}

async function open(): Promise<void> {
  const { ok, value } = await ask('commands');
  const said = element('pre', { className: 'dock-said' });
  const devices = element('pre', { className: 'dock-devices' });
  const commands = ok ? (value as Command[]) : [];
  const forms = commands.map((command) => commandForm(command, (words) => said.replaceChildren(words)));
  const panel = element(
    'details',
    { className: 'dock' },
    element('summary', {}, 'dock'),
    devices,
    ...forms,
    said,
  );
  document.body.append(panel);
  setInterval(() => {
    if (!panel.open) return;
    void ask('status').then(
      (status) => devices.replaceChildren(status.ok ? remarkable(status.value) : (status.error ?? '')),
      () => devices.replaceChildren('the kiosk does not answer'),
    );
  }, lookEveryMs);
}

void open();
