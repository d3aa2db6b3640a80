import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { createLog } from './index.ts';
import { redact } from './redact.ts';

describe('redaction', () => {
  test.each([
    ['身份证 530102199001010013', '530102199001010013'],
    ['53010219900101001x', '53010219900101001x'],
    ['530102 19900101 0013', '0013'],
    ['５３０１０２１９９００１０１００１３', '５３０１０２１９９００１０１００１３'],
    ['old card 530102900101001', '530102900101001'],
    ['call 13987654321 now', '13987654321'],
    ['call +86 139-8765-4321', '4321'],
    ['{"question":"my boss \\"Li\\" owes me"}', 'boss'],
    ['{"name":"Li Lei","state":"ok"}', 'Li Lei'],
    ['failed for 张三丰', '张三丰'],
  ])('of %j', (line, secret) => {
    expect(redact(line)).not.toContain(secret);
    expect(redact(line)).toContain('***');
  });

  test('leaves what a technician needs', () => {
    const line =
      '{"level":30,"time":1800000000000,"state":"fault","fault":"paper_out","ms":1234567,"msg":"printer 14: retry"}';
    expect(redact(line)).toBe(line);
  });
});

test('the log redacts whatever it is given, errors too, and stays bounded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const path = join(folder, 'deep', 'core.log');
  const log = createLog(path);
  log.error({ error: new Error('cannot print for 王小明 530102199001010013') }, 'bug');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('cannot print for');
  expect(text).not.toMatch(/王小明|530102199001010013/);
  for (let line = 0; line < 1_500; line += 1) log.info({ padding: 'x'.repeat(4_000) }, 'filler');
  expect(statSync(path).size + statSync(`${path}.1`).size).toBeLessThan(4.3 * 1024 * 1024);
  rmSync(folder, { recursive: true });
});

test('a log that cannot be written is silent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  writeFileSync(join(folder, 'file'), '');
  expect(() => createLog(join(folder, 'file', 'core.log')).info({}, 'nobody hears')).not.toThrow();
  rmSync(folder, { recursive: true });
});
