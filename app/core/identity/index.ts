export { LyingCard } from './lying-card.ts';
export { readCard } from './read.ts';
