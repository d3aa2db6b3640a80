export { submitRating } from './rate.ts';
