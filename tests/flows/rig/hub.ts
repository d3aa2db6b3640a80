import { openSqliteStorage, type HubStorage } from '../../../hub/storage/index.ts';
import { createHub } from '../../../hub/server.ts';
import type { Transport } from '../../../app/core/sync/index.ts';

/** A real hub that is called without a network; it can be away. */
export class TestHub {
  readonly storage: HubStorage;
  readonly #server;
  up = true;

  constructor(folder: string) {
    this.storage = openSqliteStorage(folder, () => Date.now());
    this.#server = createHub(this.storage);
  }

  readonly transport: Transport = async (batch) => {
    if (!this.up) throw new Error('no route to the hub');
    const answer = await this.#server.inject({
      method: 'POST',
      url: `/v1/streams/${batch.stream}/batches`,
      payload: batch,
    });
    return { status: answer.statusCode, body: answer.json() };
  };

  async counts(): Promise<Record<string, number>> {
    return (await this.storage.summary('kiosk-1')).counts;
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
