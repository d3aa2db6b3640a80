import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import fastify, { type FastifyInstance } from 'fastify';

import { batch } from '../app/contract/sync.ts';
import type { HubStorage } from './storage/index.ts';

const unpack = promisify(gunzip);

/** A batch of 512 rows packs to well below this; more is no batch. */
const MAX_PACKED_BYTES = 1024 * 1024;
/** A kiosk on a thin line sends a batch well within this; who drips bytes is let go. */
const SLOWEST_REQUEST_MS = 60_000;
const MAX_UNPACKED_BYTES = 8 * 1024 * 1024;

/** The hub's HTTP face over a store. Listens nowhere until told to. */
export function createHub(storage: HubStorage): FastifyInstance {
  const hub = fastify({ bodyLimit: MAX_PACKED_BYTES, requestTimeout: SLOWEST_REQUEST_MS });

  hub.removeAllContentTypeParsers();
  hub.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: { headers: Record<string, unknown> }, body: Buffer) => {
      const bytes = request.headers['content-encoding'] === 'gzip' ? await unpackWithin(body) : body;
      return parseJson(bytes.toString('utf8'));
    },
  );

  hub.post<{ Params: { stream: string } }>('/v1/streams/:stream/batches', async (request, reply) => {
    const parsed = batch.safeParse(request.body);
    if (!parsed.success || parsed.data.stream !== request.params.stream)
      return reply.code(400).send({ error: 'bad_batch' });
    const received = await storage.receive(parsed.data);
    switch (received.kind) {
      case 'acknowledged':
        return reply.send(received.acknowledgement);
      case 'conflict':
        return reply.code(409).send({ ...received.acknowledgement, conflict: received.conflict });
      case 'broken':
        return reply.code(400).send({ error: 'broken_chain', seq: received.seq });
    }
  });

  hub.get<{ Params: { kiosk: string } }>('/v1/kiosks/:kiosk/summary', (request) =>
    storage.summary(request.params.kiosk),
  );

  hub.addHook('onClose', () => storage.close());
  return hub;
}

class RequestError extends Error {
  readonly statusCode: number;
  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

async function unpackWithin(body: Buffer): Promise<Buffer> {
  try {
    return await unpack(body, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    throw new RequestError(tooLarge ? 413 : 400, tooLarge ? 'batch unpacks to too much' : 'body is not gzip');
  }
}

/** No honest row is nested deeper; walking a hostile one must not exhaust the stack. */
const MAX_DEPTH = 64;

function parseJson(text: string): unknown {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > MAX_DEPTH) throw new RequestError(400, 'body is nested too deep');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError(400, 'body is not JSON');
  }
}
