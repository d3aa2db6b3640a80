import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readParameterTable } from '../calc/parameters.ts';

const STYLE = `body{max-width:48rem;margin:2rem auto;padding:0 1rem;font:1.125rem/1.7 sans-serif;color:#000;background:#fff}
textarea{display:block;width:100%;box-sizing:border-box;font:1rem monospace;margin:.5rem 0}
button{font:inherit;padding:.5rem 2rem}
.holds,.fails{font-weight:bold;padding:.5rem 1rem;border:3px solid}
.holds{border-color:#0a5c36}.fails{border-color:#a40000}`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page as one HTML file that needs no server and no network: script, figures and words are inside, nothing else may load. */
export async function verifyPage(root: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2024',
    charset: 'utf8',
    define: { PUBLISHED: JSON.stringify(readParameterTable(join(root, 'content/parameters'))) },
  });
  // An end tag inside a text of the script would end the script.
  const script = (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(STYLE)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>${STYLE}</style></head><body><script>${script}</script></body></html>
`;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  const folder = join(root, 'build/verify-page');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), await verifyPage(root));
  console.log('build/verify-page/index.html');
}
