/** Something wrong in a content source. Errors stop a build; warnings do not. */
export interface Problem {
  severity: 'error' | 'warning';
  /** Path from the content folder. */
  file: string;
  line: number;
  message: string;
}

export const formatProblem = ({ severity, file, line, message }: Problem): string =>
  `${file}:${line}: ${severity}: ${message}`;

export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');
