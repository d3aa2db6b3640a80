export { StateBoard } from './board.ts';
