import { defineConfig } from 'vitest/config';
import { faults, shared } from './vitest.config.ts';

/** Faults of the disk, which take minutes: `npm run faults`. */
export default defineConfig({ test: { ...shared, include: faults } });
