export { punitive } from './punitive.ts';
