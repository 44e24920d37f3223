import { defineConfig } from 'vitest/config';
import { clickhouse, shared } from './vitest.config.ts';

/** The shipped queries in ClickHouse: `npm run clickhouse`. */
export default defineConfig({ test: { ...shared, include: clickhouse } });
