import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';

const parts = z.record(z.string(), z.record(z.string(), z.unknown()));
const configuration = z.strictObject({
  receivers: parts,
  processors: parts,
  exporters: parts,
  service: z.strictObject({
    pipelines: z.record(
      z.string(),
      z.strictObject({
        receivers: z.array(z.string()),
        processors: z.array(z.string()),
        exporters: z.array(z.string()),
      }),
    ),
  }),
});

test('the collector configuration uses only what it defines, and names its variables', () => {
  const text = readFileSync(join(import.meta.dirname, '../../scripts/otel/collector.yaml'), 'utf8');
  const { service, ...defined } = configuration.parse(parse(text));
  expect(Object.keys(service.pipelines)).toEqual(['logs']);
  for (const pipeline of Object.values(service.pipelines))
    for (const kind of ['receivers', 'processors', 'exporters'] as const)
      for (const name of pipeline[kind]) expect(Object.keys(defined[kind])).toContain(name);
  expect(Object.keys(defined.receivers)).toEqual(['otlpjsonfile']);
  const choices = /One of: (.*)\./.exec(text)?.[1]?.split(', ');
  expect(choices).toEqual(Object.keys(defined.exporters));
  const page = readFileSync(join(import.meta.dirname, '../../docs/admin/opentelemetry.md'), 'utf8');
  expect(page).toContain('PSSO_LOGS');
  for (const [, variable] of text.matchAll(/\$\{env:(\w+)\}/g))
    if (variable !== 'PSSO_LOGS') expect(text).toMatch(new RegExp(`# .*${variable}`));
});
