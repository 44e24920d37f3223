import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends the run with one plain line, which any machine can read: `123 passed, 0 failed`. What was skipped is
 * counted by its reason before.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    // A file that can't be loaded, and an error outside a test, count as failures too.
    let failed = errors.length;
    const skipped = new Map<string, number>();
    for (const module of modules) {
      if (module.errors().length > 0) failed++;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed++;
        else if (result.state === 'failed') failed++;
        else {
          const reason = (result.state === 'skipped' ? result.note : undefined) ?? 'no reason given';
          skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
        }
      }
    }
    const lines = [...skipped].sort().map(([reason, count]) => `${count} skipped: ${reason}`);
    const all = [...skipped.values()].reduce((sum, count) => sum + count, 0);
    lines.push(`${passed} passed, ${failed} failed${all > 0 ? `, ${all} skipped` : ''}`);
    // After the other reporter's own summary.
    setImmediate(() => process.stdout.write(`\n${lines.join('\n')}\n`));
  }
}
