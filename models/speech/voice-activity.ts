import sherpa from 'sherpa-onnx-node';

const SAMPLE_RATE = 16_000;
const WINDOW = 512;

/** Tells speech from other sound, 32 ms at a time. */
export interface VoiceActivity {
  /** Samples of any number, 16 kHz in [-1, 1]. */
  accept(samples: Float32Array): void;
  /** Since it was cleared, in ms. */
  heard(): { speechMs: number; silenceMs: number };
  /** Forgets everything; most of the sound is overwritten, a part stays with the engine until it is let go of. */
  clear(): void;
}

/** Silero's detector, run by sherpa-onnx; `model` is the path of its ONNX file. */
export function openVoiceActivity(model: string): VoiceActivity {
  const detector = new sherpa.Vad(
    {
      sileroVad: {
        model,
        threshold: 0.5,
        minSpeechDuration: 0.1,
        minSilenceDuration: 0.2,
        windowSize: WINDOW,
        maxSpeechDuration: 31,
      },
      sampleRate: SAMPLE_RATE,
      numThreads: 1,
      provider: 'cpu',
      debug: 0,
    },
    32,
  );
  const window = new Float32Array(WINDOW);
  let filled = 0;
  let speechMs = 0;
  let silenceMs = 0;
  const windowMs = (WINDOW * 1000) / SAMPLE_RATE;
  return {
    accept(samples) {
      for (let from = 0; from < samples.length;) {
        const part = samples.subarray(from, from + WINDOW - filled);
        window.set(part, filled);
        filled += part.length;
        from += part.length;
        if (filled < WINDOW) return;
        filled = 0;
        detector.acceptWaveform(window);
        while (!detector.isEmpty()) detector.pop();
        if (detector.isDetected()) {
          speechMs += windowMs;
          silenceMs = 0;
        } else silenceMs += windowMs;
      }
    },
    heard: () => ({ speechMs, silenceMs }),
    clear() {
      window.fill(0);
      detector.reset();
      filled = 0;
      speechMs = 0;
      silenceMs = 0;
    },
  };
}
