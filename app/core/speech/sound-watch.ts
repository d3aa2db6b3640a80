import type { Recorded } from '../../../hardware/microphone/port.ts';
import type { ListeningTrouble } from '../../contract/listen.ts';

type AudioLevel = Extract<Recorded, { kind: 'frame' }>['level'];

/** What is shown as silence, in dB under full scale. */
const QUIET_DB = -55;
/** A hall that is louder than this is loud to the machine too. */
const LOUD_ROOM_DB = -42;
/** A voice this little above the room is hard to make out. */
const NEAR_ROOM_DB = 10;
const LOUD_DB = -32;
const CLIPPED_DB = -0.5;
/** Share of frames at full scale that makes it a shout. */
const SHOUT = 0.2;
/** A voice counts for so long: what was loud before says nothing of who speaks now. */
const WINDOW_FRAMES = 150;
/** The shown level falls so much a frame, so that the eye can follow. */
const FALL_DB = 1.5;

/** How loud it is and was, and what that says where there are no words. Keeps numbers, no sound. */
export class SoundWatch {
  #shownDb = QUIET_DB;
  #noiseDb = QUIET_DB;
  readonly #recentDb: number[] = [];
  #frames = 0;
  #loud = 0;
  #clipped = 0;

  take({ rmsDb, peakDb, noiseDb }: AudioLevel): void {
    this.#shownDb = Math.max(rmsDb, this.#shownDb - FALL_DB);
    this.#noiseDb = noiseDb;
    this.#recentDb.push(rmsDb);
    if (this.#recentDb.length > WINDOW_FRAMES) this.#recentDb.shift();
    this.#frames += 1;
    if (rmsDb > LOUD_DB) this.#loud += 1;
    if (peakDb > CLIPPED_DB) this.#clipped += 1;
  }

  level(): { level: number; noisy: boolean } {
    const level = Math.min(1, Math.max(0, (this.#shownDb - QUIET_DB) / -QUIET_DB));
    return { level, noisy: this.#noisy() };
  }

  /** Nobody spoke: why nothing is understood. */
  withoutSpeech(): ListeningTrouble {
    if (this.#frames === 0) return 'silence';
    if (this.#noiseDb > LOUD_ROOM_DB) return 'noisy';
    return this.#loud / this.#frames > SHOUT ? 'not_speech' : 'silence';
  }

  /** Somebody spoke, but there are no words. */
  withoutWords(): ListeningTrouble {
    if (this.#clipped / Math.max(1, this.#frames) > SHOUT) return 'not_speech';
    return this.#noisy() ? 'noisy' : 'unclear';
  }

  #noisy(): boolean {
    return this.#noiseDb > LOUD_ROOM_DB && Math.max(...this.#recentDb) - this.#noiseDb < NEAR_ROOM_DB;
  }
}
