/** What of node-nlp the benchmarks use; it brings no types. */
declare module 'node-nlp' {
  export class NlpManager {
    constructor(settings: {
      languages: string[];
      nlu: { log: boolean };
      autoSave: boolean;
      modelFileName: string;
    });
    addDocument(language: string, text: string, intent: string): void;
    train(): Promise<unknown>;
    process(
      language: string,
      text: string,
    ): Promise<{ intent: string; classifications: { intent: string; score: number }[] }>;
  }
}
