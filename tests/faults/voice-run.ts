import { runCycles } from './voice-cycles.ts';

const cycles = Number(process.argv[2] ?? 1_000);
const { ends, before, after, recordersLeft, microphone } = await runCycles(cycles);
console.log(`${cycles} utterances begun; how they ended: ${JSON.stringify(ends)}`);
console.log(`before: ${JSON.stringify(before)}`);
console.log(`after:  ${JSON.stringify(after)}`);
console.log(`recorders left: ${recordersLeft}; microphone: ${microphone}`);
const grown = after.handles > before.handles + 2 || after.listenerMb > 1.3 * before.listenerMb + 20;
if (grown || recordersLeft > 0 || microphone !== 'ready') {
  console.error('something was left behind');
  process.exitCode = 1;
}
