import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { JsonLogsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { FlatRecord } from '../../agent/fleet-store/flat-record.ts';
import { otlpLines } from '../../agent/fleet-store/otlp-lines.ts';
import { pulled } from '../fleet/pulled.ts';
import { cli } from '../helpers/cli.ts';
import { eventfulDay, query, testFolder, update } from './store-of.ts';

const folder = testFolder();

const attributes = z.array(
  z.strictObject({
    key: z.string(),
    value: z.union([
      z.strictObject({ stringValue: z.string() }),
      z.strictObject({ intValue: z.int() }),
      z.strictObject({ boolValue: z.boolean() }),
    ]),
  }),
);
const logRecord = z.object({ timeUnixNano: z.string(), severityNumber: z.int(), attributes });
const request = z.object({
  resourceLogs: z.tuple([
    z.object({
      resource: z.object({ attributes }),
      scopeLogs: z.tuple([z.object({ logRecords: z.array(logRecord) })]),
    }),
  ]),
});

const named = (of: z.infer<typeof attributes>) =>
  Object.fromEntries(of.map(({ key, value }) => [key, Object.values(value)[0]]));

function requestsIn(text: string) {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      expect(Buffer.byteLength(line) + 1).toBeLessThanOrEqual(250_000);
      const [{ resource, scopeLogs }] = request.parse(JSON.parse(line)).resourceLogs;
      const records = scopeLogs[0].logRecords.map((of) => ({ ...of, of: named(of.attributes) }));
      return { resource: named(resource.attributes), records };
    });
}

const recordOf = (values: FlatRecord['values'] = {}): FlatRecord => ({
  record: 'event',
  at: Date.parse('2026-03-02T08:00:00.250Z'),
  uid: 'abc/event/7',
  history: 'abc',
  mac: 'mac-1',
  user: 'jo',
  values: {
    event_id: 7,
    kind: 'issue-opened',
    issue: 'registration-needs-repair',
    severity: 'high',
    summary: 'The registration is gone – “really”.',
    to_state: 'open',
    macos: '15.6',
    agent_version: '0.1.0',
    detail: '{"userState":null}',
    ...values,
  },
});

async function linesOf(...records: FlatRecord[]): Promise<string> {
  const given = async function* () {
    yield* records;
  };
  return (await Array.fromAsync(otlpLines(given()))).join('');
}

describe('records as OpenTelemetry logs', () => {
  test('equal what OpenTelemetry writes for the same record', async () => {
    const exporter = new InMemoryLogRecordExporter();
    const provider = new LoggerProvider({
      resource: resourceFromAttributes({
        'service.name': 'psso-monitor',
        'service.version': '0.1.0',
        'service.instance.id': 'abc',
        'host.name': 'mac-1',
        'user.name': 'jo',
        'os.type': 'darwin',
      }),
      processors: [new SimpleLogRecordProcessor({ exporter })],
    });
    const at = new Date('2026-03-02T08:00:00.250Z');
    provider.getLogger('psso-monitor').emit({
      timestamp: at,
      observedTimestamp: at,
      severityNumber: 17,
      severityText: 'high',
      eventName: 'issue-opened',
      body: 'The registration is gone – “really”.',
      attributes: {
        'event.name': 'issue-opened',
        'os.version': '15.6',
        'log.record.uid': 'abc/event/7',
        'psso.record': 'event',
        'psso.event.id': '7',
        'psso.issue': 'registration-needs-repair',
        'psso.to_state': 'open',
        'psso.detail': '{"userState":null}',
        'psso.lag_seconds': 90,
        'psso.breaks_sign_in': true,
      },
    });
    const bytes = JsonLogsSerializer.serializeRequest(exporter.getFinishedLogRecords());
    const theirs = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
    const ours = JSON.parse(await linesOf(recordOf({ lag_seconds: 90, breaks_sign_in: true })));
    // They add only a count of 0.
    expect(theirs).toMatchObject(ours);
  });

  test('have the severity number of the data model; an unknown severity has none', async () => {
    const records = ['info', 'low', 'medium', 'high', 'new'].map((severity) => recordOf({ severity }));
    const [{ records: written } = { records: [] }] = requestsIn(await linesOf(...records));
    expect(written.map(({ severityNumber }) => severityNumber)).toEqual([9, 10, 13, 17, 0]);
  });

  test('of a clock that the data model has no number for have their time as an attribute', async () => {
    const years = [Date.parse('1969-01-01T00:00:00Z'), Date.parse('2900-01-01T00:00:00Z')];
    const [{ records } = { records: [] }] = requestsIn(
      await linesOf(...years.map((at) => ({ ...recordOf(), at }))),
    );
    expect(records.map(({ timeUnixNano, of }) => [timeUnixNano, of['psso.time']])).toEqual([
      ['0', '1969-01-01T00:00:00.000Z'],
      ['0', '2900-01-01T00:00:00.000Z'],
    ]);
  });

  test('have lines of 250 kB at most, whatever one record has', async () => {
    const texts = {
      summary: 'ü"€'.repeat(21_000),
      detail: JSON.stringify({ a: '\\"'.repeat(15_000), b: '安'.repeat(5_000) }),
      from_state: '😀'.repeat(32_000),
      kind: 'k'.repeat(65_000),
      agent_version: 'v'.repeat(65_000),
    };
    const requests = requestsIn(await linesOf(recordOf(), recordOf(texts), recordOf()));
    const records = requests.flatMap((one) => one.records);
    const [, long] = records.filter(({ of }) => of['psso.record'] === 'event');
    expect(long?.of['psso.in_parts']).not.toBeUndefined();
    for (const key of String(long?.of['psso.in_parts']).split(' ')) {
      const parts = records.filter(({ of }) => of['psso.record'] === 'part' && of['psso.key'] === key);
      expect(parts.map(({ of }) => of['psso.part'])).toEqual(parts.map((_, index) => index + 1));
      expect(parts.map(({ of }) => of['psso.text']).join('')).toBe({ ...texts, issue: '' }[key]);
    }
  });
});

describe('fleet --otel', () => {
  test('has all records of all Macs, in a private file or on standard output, with and without a store', async () => {
    const pulls = folder.path('pulls');
    mkdirSync(join(pulls, 'C02ABC'), { recursive: true });
    const lines = Array.from({ length: 600 }, (_, index) => ({
      at: `+${(index + 1) * 6}m`,
      companyPortal: `5.${2_505 + index}.0`,
    }));
    await pulled(pulls, 'busy.db', { lines: [...lines, { at: '+61h', end: true }] });
    mkdirSync(join(pulls, 'C02ABC', 'jo'));
    await pulled(pulls, join('C02ABC', 'jo', 'events.db'), {
      start: '2026-03-03T08:00:01Z',
      lines: eventfulDay,
    });
    const file = folder.path('logs.ndjson');
    expect(cli(['fleet', pulls, '--otel', file])).toMatchObject({ status: 0, stderr: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    const requests = requestsIn(text);
    expect(requests.length).toBeGreaterThan(2);
    const sources = requests.map(({ resource }) => `${resource['host.name']} ${resource['user.name'] ?? ''}`);
    expect(new Set(sources)).toEqual(new Set(['busy ', 'C02ABC jo']));

    const [store, out] = [folder.path('store'), folder.path('otel')];
    update(pulls, store);
    expect(cli(['fleet', '--store', store, '--otel', out])).toMatchObject({ status: 0, stderr: '' });
    const ofStore = readdirSync(out)
      .filter((name) => name.endsWith('.ndjson'))
      .flatMap((name) => requestsIn(readFileSync(join(out, name), 'utf8')));
    const countsOf = (of: ReturnType<typeof requestsIn>) =>
      Object.entries(
        Object.groupBy(
          of.flatMap(({ records }) => records),
          (one) => String(one.of['psso.record']),
        ),
      )
        .map(([record, all]) => [record, all?.length])
        .sort();
    expect(countsOf(ofStore)).toEqual(countsOf(requests));
    const [rows] = await query(
      store,
      `SELECT (SELECT count(*) FROM events)::INTEGER AS event, (SELECT count(*) FROM windows)::INTEGER AS window,
        (SELECT count(*) FROM issues)::INTEGER AS issue, (SELECT count(*) FROM macs)::INTEGER AS state`,
    );
    expect(Object.fromEntries(countsOf(requests))).toEqual(rows);
    expect(rows).toMatchObject({ state: 2, window: expect.any(Number) });
    expect(Number(rows?.window)).toBeGreaterThan(0);
    expect(Number(rows?.event)).toBeGreaterThan(600);

    const shown = cli(['fleet', pulls, '--otel', '-', '--since', '2026-03-03']).stdout;
    const days = requestsIn(shown).flatMap(({ records }) => records);
    expect(days.length).toBeLessThan(requests.flatMap(({ records }) => records).length);
    expect(days.length).toBeGreaterThan(0);
  });
});
