import type { ValidationOutput, ValidationStep } from './validation-output.ts';

/** What a text and the page call the results of a step. */
export const validationWords: Readonly<Record<ValidationStep['result'], string>> = {
  passed: 'Passed',
  failed: 'Failed',
  skipped: 'Skipped',
  'not-seen': 'Not seen yet',
  'not-possible': 'Not possible here',
  unknown: 'Not known',
};

export const resultWords: Readonly<Record<ValidationOutput['result'], string>> = {
  passed: 'Passed',
  failed: 'Failed',
  incomplete: 'Incomplete',
};
