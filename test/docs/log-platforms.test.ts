import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import type { FlatRecord } from '../../agent/fleet-store/flat-record.ts';
import { otlpLines } from '../../agent/fleet-store/otlp-lines.ts';

/** The pages on log platforms against the schema of a line and the OTLP that is written. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = (name: string) => readFileSync(join(root, 'docs/admin', `${name}.md`), 'utf8');
const blockIn = (name: string, language: string) =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page(name))?.[1] ?? '';

const schema = z.object({
  oneOf: z.array(
    z.object({
      properties: z.record(
        z.string(),
        z.object({
          type: z.string(),
          const: z.optional(z.string()),
          description: z.optional(z.string()),
        }),
      ),
    }),
  ),
});
const records = schema.parse(
  JSON.parse(readFileSync(join(root, 'docs/schemas/ndjson.v1.json'), 'utf8')),
).oneOf;

interface Key {
  readonly records: string[];
  readonly type: string;
}
const keys = new Map<string, Key>();
for (const { properties } of records)
  for (const [key, { type, description = '' }] of Object.entries(properties)) {
    const known = keys.get(key)?.records ?? [];
    const record = String(properties.record?.const);
    keys.set(key, {
      records: [...known, record],
      type: description.startsWith('ISO 8601') ? 'datetime' : type,
    });
  }

const table = new Map(
  [...page('log-platforms').matchAll(/^\| `(\w+)` \| ([\w, ]+) \|[^\n]*\| `([^`]+)` \| `([^`]+)` \|$/gm)].map(
    ([, key = '', of = '', ecs = '', otel = '']) => [key, { of, ecs, otel }],
  ),
);

describe('the table of keys', () => {
  test('has each key of the schema, with the records that it is in', () => {
    const all = records.length;
    expect(Object.fromEntries([...table].map(([key, { of }]) => [key, of]))).toEqual(
      Object.fromEntries(
        [...keys].map(([key, of]) => [key, of.records.length === all ? 'all' : of.records.join(', ')]),
      ),
    );
  });

  test('has the names that fleet --otel writes', async () => {
    const own = ['time', 'uid', 'history', 'mac', 'user', 'record'];
    const values: Record<string, string> = {};
    for (const key of keys.keys()) if (!own.includes(key)) values[key] = `value of ${key}`;
    const record: FlatRecord = {
      record: 'event',
      at: 1_772_000_000_000,
      uid: 'value of uid',
      history: 'value of history',
      mac: 'value of mac',
      user: 'value of user',
      values,
    };
    const given = async function* () {
      yield record;
    };
    const [line = ''] = await Array.fromAsync(otlpLines(given()));
    const [{ resource, scopeLogs }] = JSON.parse(line).resourceLogs;
    const [{ attributes, body, severityText, timeUnixNano }] = scopeLogs[0].logRecords;
    const written: Record<string, string> = {
      body: body.stringValue,
      severity_text: severityText,
    };
    for (const { key, value } of [...resource.attributes, ...attributes])
      written[key] = String(Object.values(value)[0]);
    expect(timeUnixNano).toBe('1772000000000000000');
    for (const [key, { otel }] of table)
      if (otel !== 'time_unix_nano')
        expect([key, written[otel]]).toEqual([key, key === 'record' ? 'event' : `value of ${key}`]);
  });
});

test('the pipeline of Elastic renames as the table says', () => {
  const { processors } = z
    .object({
      processors: z.array(
        z.object({
          set: z.optional(z.object({ field: z.literal('_id'), copy_from: z.literal('psso.uid') })),
          date: z.optional(z.object({ field: z.literal('psso.time') })),
          rename: z.optional(z.object({ field: z.string(), target_field: z.string() })),
        }),
      ),
    })
    .parse(JSON.parse(blockIn('logs-elastic', 'json')));
  expect(processors[0]?.set).toBeDefined();
  const renamed = processors.flatMap(({ rename }) =>
    rename === undefined ? [] : [[rename.field, rename.target_field]],
  );
  const expected = [...table].flatMap(([key, { ecs }]) =>
    ecs === `psso.${key}` || ecs === '@timestamp' ? [] : [[`psso.${key}`, ecs]],
  );
  expect(renamed).toEqual(expected);
  const [input] = parse(blockIn('logs-elastic', 'yaml'))['filebeat.inputs'];
  expect(input).toMatchObject({ type: 'filestream', parsers: [{ ndjson: { target: 'psso' } }] });
});

test('the rule of Sentinel declares each key with its type', () => {
  const rule = JSON.parse(blockIn('logs-sentinel', 'json'));
  const [[stream, { columns }] = ['', { columns: [] }]] = Object.entries<{
    columns: { name: string; type: string }[];
  }>(rule.streamDeclarations);
  expect(rule.dataSources.logFiles[0]).toMatchObject({ streams: [stream], format: 'json' });
  expect(rule.dataFlows[0]).toMatchObject({ streams: [stream], outputStream: `${stream}_CL` });
  const types: Record<string, string> = { integer: 'long', number: 'real' };
  expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toEqual({
    TimeGenerated: 'datetime',
    FilePath: 'string',
    Computer: 'string',
    ...Object.fromEntries([...keys].map(([key, { type }]) => [key, types[type] ?? type])),
  });
});

test('the configuration of Datadog is well-formed', () => {
  expect(parse(blockIn('logs-datadog', 'yaml'))).toEqual({
    logs: [expect.objectContaining({ type: 'file', path: '/srv/psso-monitor/*.ndjson' })],
  });
});
