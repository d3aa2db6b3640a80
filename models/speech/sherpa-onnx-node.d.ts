/** The part of sherpa-onnx-node that is used here; the package brings no types. */
declare module 'sherpa-onnx-node' {
  interface Waveform {
    samples: Float32Array;
    sampleRate: number;
  }
  interface Recognised {
    text: string;
    /** SenseVoice: `<|zh|>` and the like. */
    lang?: string;
  }
  interface Stream {
    acceptWaveform(wave: Waveform): void;
  }
  interface OnlineStream extends Stream {
    inputFinished(): void;
  }
  interface OnlineRecognizer {
    createStream(): OnlineStream;
    isReady(stream: OnlineStream): boolean;
    decode(stream: OnlineStream): void;
    getResult(stream: OnlineStream): Recognised;
  }
  interface OfflineRecognizer {
    createStream(): Stream;
    decode(stream: Stream): void;
    getResult(stream: Stream): Recognised;
  }
  interface Vad {
    acceptWaveform(samples: Float32Array): void;
    isDetected(): boolean;
    isEmpty(): boolean;
    pop(): void;
    reset(): void;
  }
  interface OfflineTts {
    generate(request: { text: string; sid: number; speed: number; enableExternalBuffer: boolean }): Waveform;
  }
  const sherpa: {
    OfflineTts: new (config: object) => OfflineTts;
    OnlineRecognizer: new (config: object) => OnlineRecognizer;
    OfflineRecognizer: new (config: object) => OfflineRecognizer;
    Vad: new (config: object, bufferSeconds: number) => Vad;
  };
  export default sherpa;
}
