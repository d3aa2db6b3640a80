import { existsSync, readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Sensitive } from '../../app/domain/sensitive.ts';
import { samCommands } from './commands.ts';
import { foreign2017NumberFits, foreign2023NumberFits, residentNumberFits } from './card-number.ts';
import { SamFramer, samReply } from './frame.ts';
import { samIdText } from './sam-id.ts';
import { syntheticAddress, syntheticCards } from './synthetic-card.ts';
import { decodeTextBlock, newestAddress, textOfReadReply } from './text-block.ts';

const fixtures = new URL('../../../shared/fixtures/id-card/', import.meta.url);
const hexOf = (text: string): Uint8Array => Buffer.from(text.replace(/\s/g, ''), 'hex');
const fixture = (name: string): Uint8Array => hexOf(readFileSync(new URL(`${name}.hex`, fixtures), 'utf8'));
const present = existsSync(fixtures);
if (!present)
  console.error('SKIPPED: card fixtures, because shared/fixtures/id-card is not beside the repository');

const today = '2026-06-01';
const fuzzRuns = Number(process.env['FUZZ_FRAMES'] ?? 10_000);
/** A busy machine does some thousand frames in a second. */
const fuzzLimitMs = 120_000 + fuzzRuns;

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
      J: '测试丙 81000020000229002X',
      I: '测试戊 CAN530190010118',
      Y: '测试丁 953840198008080013',
    };
    for (const [name, outcome] of Object.entries(expected))
      expect(decodeAll([fixture(name)])).toEqual([outcome]);
  });

  it('decode exactly for every other kind of card', () => {
    const decoded = (name: string): unknown => {
      const card = decodeTextBlock(textOfReadReply(new SamFramer().push(fixture(name))[0]!.data)!, today);
      return (
        card.ok &&
        Object.fromEntries(
          Object.entries(card.value).map(([key, value]) => [
            key,
            value instanceof Sensitive ? value.reveal() : value,
          ]),
        )
      );
    };
    expect(decoded('J')).toEqual({
      kind: 'hmt-resident',
      name: '测试丙',
      sex: 'female',
      nation: '',
      birth: '2000-02-29',
      address: '云南省测试市样本区虚构路6号',
      number: '81000020000229002X',
      issuer: '测试市公安局样本分局',
      validFrom: '2024-03-15',
      validTo: '2029-03-15',
      passNumber: 'H00000000',
    });
    expect(decoded('I')).toEqual({
      kind: 'foreign-2017',
      name: '测试戊',
      englishName: 'SAMPLE,FAKE PERSON',
      sex: 'female',
      nation: '',
      nationality: 'CAN',
      birth: '1990-01-01',
      address: '',
      number: 'CAN530190010118',
      issuer: '1500',
      validFrom: '2018-01-01',
      validTo: '2028-01-01',
    });
    expect(decoded('Y')).toEqual({
      kind: 'foreign-2023',
      name: '测试丁',
      englishName: 'TEST,PERSON FAKE',
      sex: 'male',
      nation: '',
      nationality: 'USA',
      birth: '1980-08-08',
      address: '',
      number: '953840198008080013',
      issuer: '',
      validFrom: '2024-01-01',
      validTo: '2034-01-01',
    });
  });

  it('tell the security module', () => {
    const listed = readFileSync(new URL('examples.txt', fixtures), 'utf8');
    const [reply] = new SamFramer().push(hexOf(/samId reply +([0-9A-F ]+)/.exec(listed)![1]!));
    expect(samIdText(reply!.data)).toBe('05.01-20240101-0001234567-3000000001');
  });

  it('decode in pieces of every size, doubled and after noise', () => {
    const noise = Buffer.from('AAAA00AAAAAA96FFAAAAAA', 'hex');
    for (const name of ['resident', 'residentDated', 'J', 'I', 'Y']) {
      const bytes = fixture(name);
      const whole = decodeAll([bytes]);
      for (const size of [1, 2, 3, 7, 64, 1294]) expect(decodeAll(pieces(bytes, size))).toEqual(whole);
      expect(decodeAll([Buffer.concat([bytes, bytes])])).toEqual([...whole, ...whole]);
      expect(decodeAll(pieces(Buffer.concat([noise, bytes]), 5))).toEqual(whole);
    }
  });

  it.each([
    ['resident', 'jia'],
    ['residentDated', 'yi'],
    ['J', 'hongkong'],
    ['I', 'foreign2017'],
    ['Y', 'foreign2023'],
  ] as const)('%s is what the synthetic card makes', (name, card) => {
    const text = textOfReadReply(new SamFramer().push(fixture(name))[0]!.data)!;
    expect(text.toString('utf16le')).toBe(Buffer.from(syntheticCards[card]).toString('utf16le'));
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

  it(
    `survives ${fuzzRuns} random frames in noise and invents none`,
    () => {
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
    },
    fuzzLimitMs,
  );

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
  const changed = (offset: number, value: string, card: keyof typeof syntheticCards = 'jia'): Buffer => {
    const text = Buffer.from(syntheticCards[card]);
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

  it('does not refuse every card when the clock of the machine is dead', () => {
    expect(decodeTextBlock(Buffer.from(syntheticCards.jia), '1970-01-01')).toMatchObject({ ok: true });
    expect(decodeTextBlock(changed(188, '20261231'), '2026-06-01')).toMatchObject({ ok: false });
  });

  it('refuses what cannot be on another kind of card', () => {
    expect(failureOf(changed(122, '82', 'hongkong'))).toBe('damaged');
    expect(failureOf(changed(122, '53', 'hongkong'))).toBe('damaged');
    expect(failureOf(changed(122 + 28, '9', 'foreign2017'))).toBe('damaged');
    expect(failureOf(changed(152, 'USA', 'foreign2017'))).toBe('damaged');
    expect(failureOf(changed(220, '19900102', 'foreign2017'))).toBe('damaged');
    expect(failureOf(changed(122, '8', 'foreign2023'))).toBe('damaged');
    expect(failureOf(changed(122 + 34, '4', 'foreign2023'))).toBe('damaged');
    expect(failureOf(changed(242, '   ', 'foreign2023'))).toBe('damaged');
    expect(failureOf(changed(188, '19791231', 'foreign2023'))).toBe('damaged');
    expect(failureOf(changed(204, '20231231', 'foreign2023'))).toBe('damaged');
  });

  it('takes the published numbers of the standards', () => {
    expect(foreign2017NumberFits('KAZ110090123105', { birth: '1990-12-31', nationality: 'KAZ' })).toBe(true);
    expect(foreign2023NumberFits('932682198501010017', { birth: '1985-01-01' })).toBe(true);
    const numbers = { birth: '1949-12-31', sex: 'female' } as const;
    expect(residentNumberFits('11010519491231002X', numbers)).toBe(true);
  });

  it('joins a long English name, and takes it where there is no Chinese one', () => {
    const text = changed(0, ' '.repeat(15), 'foreign2023');
    text.write('VERY LONG,NAME THAT FILLS ALL 35 PL', 52, 'utf16le');
    text.write('ACES', 220, 'utf16le');
    const card = decodeTextBlock(text, today);
    expect(card.ok && card.value.name.reveal()).toBe('VERY LONG,NAME THAT FILLS ALL 35 PLACES');
  });

  it('takes the last of the added addresses', () => {
    const addresses = ['样本区新址路9号', '样本区新址路10号', ''].map(syntheticAddress);
    expect(newestAddress(Buffer.concat(addresses))?.reveal()).toBe('样本区新址路10号');
    expect(newestAddress(syntheticAddress(''))).toBeUndefined();
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
