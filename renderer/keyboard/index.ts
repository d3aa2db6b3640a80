export { Keyboard } from './Keyboard.tsx';
