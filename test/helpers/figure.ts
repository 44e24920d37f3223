import { TestRunner } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** What a test measured. */
    figure?: string;
  }
}

/** What this test measured: `npm run figures` writes it into docs/reliability.md. */
export function figure(text: string): void {
  const test = TestRunner.getCurrentTest();
  if (test === undefined) throw new Error(`Outside a test nothing is measured: ${text}`);
  test.meta.figure = text;
}
