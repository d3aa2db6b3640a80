import type { FormulaPart } from '../calculation.ts';

export const years = (value: number | string): FormulaPart => ({
  term: 'years',
  value: String(value),
  unit: 'years',
});

export const persons = (value: number): FormulaPart => ({
  term: 'persons',
  value: String(value),
  unit: 'persons',
});

/** Several formulas as one sum. */
export const joined = (formulas: readonly (readonly FormulaPart[])[]): readonly FormulaPart[] =>
  formulas.flatMap((parts, index) =>
    parts.map((part, position) => (index > 0 && position === 0 ? { ...part, operator: '+' as const } : part)),
  );
