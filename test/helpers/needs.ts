import { beforeEach, TestRunner } from 'vitest';

/**
 * Skips the test that runs, with a reason that the closing line counts. The only way to skip here: a test
 * that is left out without a reason would be forgotten.
 */
export function skipTest(reason: string): void {
  const test = TestRunner.getCurrentTest();
  if (test === undefined) throw new Error(`Outside a test nothing can be skipped: ${reason}`);
  test.context.skip(reason);
}

/** To be called in a describe block or a file: its tests are skipped where the condition holds. */
function skipTestsIf(condition: boolean, reason: string): void {
  // Not skipTest: while tests run side by side, the test that runs is another one.
  beforeEach(({ skip }) => {
    if (condition) skip(reason);
  });
}

const isRoot = process.getuid?.() === 0;

/**
 * To be called in a describe block or a file. Under CI on a Mac these run a second time, by sudo
 * (scripts/ci/test-as-root.sh).
 */
export function needsRoot(): void {
  skipTestsIf(!isRoot, 'needs root');
}

/** To be called in a describe block or a file: what a Mac has other means for, or no need to prove. */
export function needsLinux(why: string): void {
  skipTestsIf(process.platform !== 'linux', `needs Linux: ${why}`);
}
