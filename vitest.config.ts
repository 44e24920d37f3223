import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/closing-line-reporter.ts'],
    // Real processes, real SQLite, real signals: a test waits for conditions, so the limit is generous and never the verdict.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Dates in people's language depend on the zone; one zone makes a story read the same everywhere.
    env: { TZ: 'UTC' },
  },
});
