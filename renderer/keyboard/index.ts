export { Keyboard } from './Keyboard.tsx';
export type { KeyboardProps } from './Keyboard.tsx';
export { loadDictionary } from './loadDictionary.ts';
