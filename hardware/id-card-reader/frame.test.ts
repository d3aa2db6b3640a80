import { existsSync, readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { samCommands } from './commands.ts';
import { SamFramer, samReply } from './frame.ts';
import { syntheticCards } from './synthetic-card.ts';
import { decodeTextBlock, textOfReadReply } from './text-block.ts';

const fixtures = new URL('../../../shared/fixtures/id-card/', import.meta.url);
const fixture = (name: string): Uint8Array =>
  Buffer.from(readFileSync(new URL(`${name}.hex`, fixtures), 'utf8').replace(/\s/g, ''), 'hex');
const present = existsSync(fixtures);
if (!present)
  console.error('SKIPPED: card fixtures, because shared/fixtures/id-card is not beside the repository');

const today = '2026-06-01';
const fuzzRuns = Number(process.env['FUZZ_FRAMES'] ?? 10_000);

/** What a framer finds in these pieces, decoded. */
function decodeAll(pieces: Iterable<Uint8Array>): string[] {
  const framer = new SamFramer();
  const found: string[] = [];
  for (const piece of pieces) {
    for (const reply of framer.push(piece)) {
      const text = textOfReadReply(reply.data);
      const card = text && decodeTextBlock(text, today);
      found.push(
        card?.ok ? `${card.value.name.reveal()} ${card.value.number.reveal()}` : (card?.failure ?? 'no text'),
      );
    }
  }
  return found;
}

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe.skipIf(!present)('fixtures', () => {
  it('decode exactly', () => {
    const text = textOfReadReply(new SamFramer().push(fixture('residentDated'))[0]!.data)!;
    const card = decodeTextBlock(text, today);
    expect(
      card.ok && {
        ...card.value,
        name: card.value.name.reveal(),
        birth: card.value.birth.reveal(),
        address: card.value.address.reveal(),
        number: card.value.number.reveal(),
      },
    ).toEqual({
      kind: 'resident',
      name: '测试乙',
      sex: 'female',
      nation: '拉祜',
      birth: '1985-12-31',
      address: '云南省测试市样本区虚构路2号3栋4单元5室',
      number: '53000019851231002X',
      issuer: '测试市公安局样本分局',
      validFrom: '2015-06-30',
      validTo: '2035-06-30',
    });
    expect(JSON.stringify(card)).not.toContain('测试乙');
  });

  it('tell residents from other kinds of card', () => {
    const expected = {
      resident: '测试甲 530000199001010011',
      J: 'unsupported',
      I: 'unsupported',
      Y: 'unsupported',
    };
    for (const [name, outcome] of Object.entries(expected))
      expect(decodeAll([fixture(name)])).toEqual([outcome]);
  });

  it('decode in pieces of every size, doubled and after noise', () => {
    const bytes = fixture('resident');
    for (const size of [1, 2, 3, 7, 64, 1294])
      expect(decodeAll(pieces(bytes, size))).toEqual(['测试甲 530000199001010011']);
    expect(decodeAll([Buffer.concat([bytes, bytes])])).toHaveLength(2);
    const noise = Buffer.from('AAAA00AAAAAA96FFAAAAAA', 'hex');
    expect(decodeAll(pieces(Buffer.concat([noise, bytes]), 5))).toEqual(['测试甲 530000199001010011']);
  });

  it('is what the synthetic card makes', () => {
    expect(
      Buffer.from(textOfReadReply(new SamFramer().push(fixture('resident'))[0]!.data)!).equals(
        syntheticCards.jia,
      ),
    ).toBe(true);
    expect(
      Buffer.from(textOfReadReply(new SamFramer().push(fixture('residentDated'))[0]!.data)!).equals(
        syntheticCards.yi,
      ),
    ).toBe(true);
  });

  it('has the commands as we send them', () => {
    const listed = readFileSync(new URL('examples.txt', fixtures), 'utf8');
    for (const { bytes } of Object.values(samCommands)) {
      expect(listed).toContain(Buffer.from(bytes).toString('hex').toUpperCase().match(/../g)!.join(' '));
    }
  });
});

describe('framer', () => {
  const reply = samReply({ status: 0x90, data: Uint8Array.of(1, 2, 3) });

  it('drops a frame with a wrong check byte and finds the next one', () => {
    const damaged = Uint8Array.from(reply);
    damaged[9] = 0x91;
    expect(new SamFramer().push(Buffer.concat([damaged, reply]))).toEqual([
      { status: 0x90, data: Uint8Array.of(1, 2, 3) },
    ]);
  });

  it('refuses impossible lengths at once', () => {
    const framer = new SamFramer();
    expect(framer.push(Buffer.from('aaaaaa9669ffff', 'hex'))).toEqual([]);
    expect(framer.push(Buffer.from('aaaaaa96690003000090', 'hex'))).toEqual([]);
    expect(framer.push(reply)).toHaveLength(1);
  });

  it('forgets half a frame', () => {
    const framer = new SamFramer();
    framer.push(reply.subarray(0, 9));
    framer.reset();
    expect(framer.push(reply.subarray(9))).toEqual([]);
    expect(framer.push(reply)).toHaveLength(1);
  });

  it(`survives ${fuzzRuns} random frames in noise and invents none`, () => {
    const random = (seed: number) => () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    const next = random(7);
    const framer = new SamFramer();
    let lost = 0;
    for (let run = 0; run < fuzzRuns; run += 1) {
      const data = Uint8Array.from({ length: Math.floor(next() * 40) }, () => Math.floor(next() * 256));
      const noise = Uint8Array.from({ length: Math.floor(next() * 12) }, () =>
        next() < 0.5 ? 0xaa : Math.floor(next() * 256),
      );
      const bytes = Buffer.concat([noise, samReply({ status: run & 0xff, data })]);
      const found = [...pieces(bytes, 1 + Math.floor(next() * 30))].flatMap((piece) => framer.push(piece));
      if (found.length === 0) lost += 1;
      else
        expect([found[0]!.status, Buffer.from(found[0]!.data).toString('hex')]).toEqual([
          run & 0xff,
          Buffer.from(data).toString('hex'),
        ]);
      framer.reset();
    }
    expect(lost).toBe(0);
  }, 120_000);

  it('gives each reply once, however the stream is cut', () => {
    const frame = fc.record({ status: fc.nat(255), data: fc.uint8Array({ maxLength: 60 }) });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), (frames, size) => {
        const framer = new SamFramer();
        const found = [...pieces(Buffer.concat(frames.map(samReply)), size)].flatMap((piece) =>
          framer.push(piece),
        );
        expect(found).toEqual(frames.map(({ status, data }) => ({ status, data: Uint8Array.from(data) })));
      }),
    );
  });
});

describe('text block', () => {
  const changed = (offset: number, value: string): Buffer => {
    const text = Buffer.from(syntheticCards.jia);
    text.write(value, offset, 'utf16le');
    return text;
  };
  const failureOf = (text: Buffer): string => {
    const card = decodeTextBlock(text, today);
    return card.ok ? 'ok' : card.failure;
  };

  it('refuses fields that contradict each other', () => {
    expect(failureOf(changed(122 + 34, '2'))).toBe('damaged');
    expect(failureOf(changed(36, '19900102'))).toBe('damaged');
    expect(failureOf(changed(30, '2'))).toBe('damaged');
    expect(failureOf(changed(188, '20270101'))).toBe('damaged');
    expect(failureOf(changed(204, '20301301'))).toBe('damaged');
    expect(failureOf(changed(0, ' '.repeat(15)))).toBe('damaged');
    expect(failureOf(changed(248, 'Q'))).toBe('unsupported');
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), (bytes) => {
        expect(decodeTextBlock(Buffer.from(bytes), today)).toMatchObject({ ok: false });
        textOfReadReply(bytes);
      }),
    );
  });

  it('takes NUL filling, unknown nations, unknown sex and expired cards', () => {
    expect(failureOf(changed(0, '测试甲' + '\0'.repeat(12)))).toBe('ok');
    const nation = decodeTextBlock(changed(32, '58'), today);
    expect(nation.ok && nation.value.nation).toBe('其他(58)');
    expect(failureOf(changed(30, '9'))).toBe('ok');
    expect(failureOf(changed(204, '20210101'))).toBe('ok');
    expect(failureOf(changed(248, '\0'))).toBe('ok');
  });
});
