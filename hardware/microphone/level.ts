/** How loud a frame is, in dB under full scale (0 is the loudest, -96 silence). */
export interface AudioLevel {
  rmsDb: number;
  peakDb: number;
  /** What the room sounds like when nobody speaks, as far as heard. */
  noiseDb: number;
}

const floorDb = -96;
/** The estimate follows a quieter room within some frames and a louder one at 3 dB a second. */
const fallShare = 0.3;
const riseDb = 0.06;
/** A device that wakes gives zeros, then a click, for about 100 ms: neither is the room. */
const wakingFrames = 5;

/** Loudness of one frame after the other; keeps nothing but the estimate of the noise. */
export class LevelMeter {
  #noiseDb: number | undefined;
  #frames = 0;

  measure(samples: Int16Array): AudioLevel {
    let sum = 0;
    let peak = 0;
    for (const sample of samples) {
      sum += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    const rmsDb = decibels(Math.sqrt(sum / Math.max(1, samples.length)));
    this.#frames += 1;
    if (peak > 0 && this.#frames > wakingFrames) this.#noiseDb = this.#follow(rmsDb);
    return { rmsDb, peakDb: decibels(peak), noiseDb: this.#noiseDb ?? floorDb };
  }

  #follow(rmsDb: number): number {
    const before = this.#noiseDb ?? rmsDb;
    return rmsDb < before ? before + (rmsDb - before) * fallShare : Math.min(rmsDb, before + riseDb);
  }
}

function decibels(amplitude: number): number {
  return amplitude < 1 ? floorDb : Math.max(floorDb, 20 * Math.log10(amplitude / 32_768));
}
