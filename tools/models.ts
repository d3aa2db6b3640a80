import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { Result } from '../app/domain/result.ts';
import { listModels, modelsFolder, verifyModelFolder } from '../models/speech/index.ts';
import type { ModelFault, ModelFolder } from '../models/speech/index.ts';
import { MODEL_ROLES } from '../models/speech/manifest.ts';
import type { ModelType } from '../models/speech/manifest.ts';
import { describeModel } from './models/describe.ts';
import { installModel, installPack, writeModelManifest } from './models/install.ts';
import type { InstallFault } from './models/install.ts';
import { PACK_SUFFIX, readTrustedKeys, signModel } from './models/pack.ts';

/** Name of the file with the keys that a machine trusts, in its data folder. */
const TRUSTED_KEYS = 'trusted-models.pem';

const HELP = `Models of speech on a kiosk.

  npm run -s models -- install FOLDER-OR-URL   fetches, verifies and installs a folder with a manifest.json, or a signed
                                               pack (…${PACK_SUFFIX})
  npm run -s models -- list                    what is installed
  npm run -s models -- check                   reads every file against its sum; exit 1 if one is damaged
  npm run -s models -- describe FOLDER --type TYPE --id ID --languages zh-CN,… --licence TEXT --source URL
                                               writes manifest.json into a downloaded folder
  npm run -s models -- sign FOLDER --key FILE --release N --out DIR
                                               makes one signed pack of a folder with a manifest.json

  --home DIR    data folder of the kiosk; $KIOSK_HOME or .kiosk unless told
  --trust FILE  public keys (PEM, Ed25519) whose packs are taken; ${TRUSTED_KEYS} in the data folder unless told
  --key FILE    private key (PEM, Ed25519) to sign with: openssl genpkey -algorithm ed25519 -out FILE

Types: ${Object.keys(MODEL_ROLES).join(', ')}
The best published models and where they are: models/speech/README.md
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    home: { type: 'string' },
    type: { type: 'string' },
    id: { type: 'string' },
    languages: { type: 'string' },
    licence: { type: 'string' },
    source: { type: 'string' },
    trust: { type: 'string' },
    key: { type: 'string' },
    release: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

const home = resolve(values.home ?? process.env['KIOSK_HOME'] ?? join(import.meta.dirname, '..', '.kiosk'));
const root = modelsFolder(home);
const [command, subject] = positionals;

if (command === 'install' && subject !== undefined) await install(subject);
else if (command === 'list') list();
else if (command === 'check') await check();
else if (command === 'describe' && subject !== undefined) await describe(subject);
else if (command === 'sign' && subject !== undefined) await sign(subject);
else {
  console.log(HELP);
  if (values.help !== true) process.exitCode = 1;
}

function inWords(fault: InstallFault | ModelFault): string {
  switch (fault.code) {
    case 'absent':
      return 'no manifest.json there; write one with "describe"';
    case 'manifest':
      return `manifest.json cannot be used: ${fault.detail}`;
    case 'missing':
      return `${fault.file} is missing`;
    case 'size':
      return `${fault.file} has ${fault.actual} bytes instead of ${fault.expected}: fetch it again`;
    case 'damaged':
      return `${fault.file} is not what manifest.json says (sha256): fetch it again`;
    case 'fetch':
      return `${fault.file} could not be fetched: ${fault.detail}`;
    case 'not_a_pack':
      return 'it is no signed pack, or only the beginning of one: fetch it again';
    case 'no_trusted_key':
      return `there is no public key in ${fault.file}: put the publisher's key (PEM, Ed25519) there`;
    case 'untrusted':
      return `it is signed by the key ${fault.kid}, which this machine does not trust`;
    case 'forged':
      return 'its signature is wrong: it was changed after it was signed';
    case 'too_large':
      return `it has ${fault.bytes} bytes, and ${fault.most} are the most that is taken`;
    case 'longer':
      return 'something follows after its last file: fetch it again';
    case 'older':
      return `it is release ${fault.offered}, and release ${fault.installed} is installed`;
  }
}

async function installFrom(from: string): Promise<Result<ModelFolder, InstallFault>> {
  if (!from.endsWith(PACK_SUFFIX)) return installModel(from, root);
  const keys = await readTrustedKeys(values.trust ?? join(home, TRUSTED_KEYS));
  return keys.ok ? installPack(from, root, keys.value) : keys;
}

async function install(from: string): Promise<void> {
  const installed = await installFrom(from);
  if (!installed.ok) {
    console.error(`Not installed: ${inWords(installed.failure)}. What was installed before is untouched.`);
    process.exitCode = 1;
    return;
  }
  const { directory, manifest } = installed.value;
  console.log(
    `Installed ${manifest.id} (${manifest.type}, ${manifest.languages.join(' ')}) in ${directory}.`,
  );
  if (manifest.testOnly)
    console.log('It is a test model: a kiosk uses it only with "testModels": true in device.json.');
  console.log('It is used from the next start of the kiosk on.');
}

function list(): void {
  const models = listModels(root);
  if (models.length === 0) console.log(`No models of speech in ${root}.`);
  for (const { name, folder } of models) {
    if (!folder.ok) {
      console.log(`${name}: ${inWords(folder.failure)}`);
      continue;
    }
    const { type, languages, licence, files, testOnly, release } = folder.value.manifest;
    const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    const parts = [type, languages.join(' '), `${megabytes.toFixed(1)} MB`, licence];
    if (release !== undefined) parts.push(`release ${release}`);
    if (testOnly) parts.push('test only');
    console.log(`${name}: ${parts.join(', ')}`);
  }
}

async function check(): Promise<void> {
  for (const { name } of listModels(root)) {
    const verified = await verifyModelFolder(join(root, name));
    console.log(`${name}: ${verified.ok ? 'whole' : inWords(verified.failure)}`);
    if (!verified.ok) process.exitCode = 1;
  }
}

async function sign(folder: string): Promise<void> {
  const { key, out } = values;
  const release = Number(values.release);
  if (key === undefined || out === undefined || !Number.isInteger(release) || release < 1) {
    console.error(`--key, --out and --release (1, 2, 3 …) are needed.\n${HELP}`);
    process.exitCode = 1;
    return;
  }
  try {
    const privateKey = createPrivateKey(readFileSync(key));
    const signed = await signModel(folder, { release, privateKey, out });
    if (signed.ok) {
      const { file, kid, bytes } = signed.value;
      console.log(`Wrote ${file}: ${(bytes / 1e6).toFixed(1)} MB, signed by the key ${kid}.`);
      return;
    }
    console.error(`Not signed: ${inWords(signed.failure)}.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
  process.exitCode = 1;
}

async function describe(folder: string): Promise<void> {
  const { type, id, languages, licence, source } = values;
  if (type === undefined || !(type in MODEL_ROLES) || id === undefined || languages === undefined) {
    console.error(`--type, --id and --languages are needed.\n${HELP}`);
    process.exitCode = 1;
    return;
  }
  try {
    const manifest = describeModel(folder, {
      id,
      type: type as ModelType,
      languages: languages.split(','),
      licence: licence ?? 'unknown',
      source: source ?? '',
    });
    await writeModelManifest(folder, manifest);
    console.log(`Wrote ${join(folder, 'manifest.json')}. Now: npm run -s models -- install ${folder}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
