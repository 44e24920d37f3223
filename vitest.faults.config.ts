import { defineConfig } from 'vitest/config';
import config, { faults } from './vitest.config.ts';

/** Faults of the disk, which take minutes: `npm run faults`. */
export default defineConfig({
  ...config,
  test: { ...config.test, include: [...faults], exclude: [] },
});
