import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonLogsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { otlpRequest } from '../../agent/fleet/otlp.ts';
import { writeOtel } from '../../agent/fleet/write-otel.ts';
import { cli } from '../helpers/cli.ts';
import { skipTest } from '../helpers/needs.ts';
import { eventAt } from '../report/histories.ts';
import { pulled } from './pulled.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor otel '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('events as OpenTelemetry logs', () => {
  test('equal what OpenTelemetry writes for the same record', () => {
    const event = eventAt('2026-03-02T08:00:00.250Z', 'issue-opened', {
      id: '7',
      issue: 'registration-needs-repair',
      severity: 'high',
      summary: 'The registration is gone – “really”.',
      to_state: 'open',
      detail: '{"userState":null}',
    });
    const exporter = new InMemoryLogRecordExporter();
    const provider = new LoggerProvider({
      resource: resourceFromAttributes({
        'service.name': 'psso-monitor',
        'service.version': '0.1.0',
        'host.name': 'mac-1',
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
      body: event.summary,
      attributes: {
        'event.name': 'issue-opened',
        'os.version': '15.6',
        'psso.event.id': '7',
        'psso.issue': 'registration-needs-repair',
        'psso.to_state': 'open',
        'psso.detail': '{"userState":null}',
      },
    });
    const bytes = JsonLogsSerializer.serializeRequest(exporter.getFinishedLogRecords());
    const theirs = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
    // They add only a count of 0.
    expect(theirs).toMatchObject(JSON.parse(JSON.stringify(otlpRequest('mac-1', [event]))));
  });

  test('have the severity number of the data model; an unknown severity has none', () => {
    const numbers = ['info', 'low', 'medium', 'high', 'new'].map(
      (severity) =>
        otlpRequest('mac', [eventAt('2026-03-02T08:00:00Z', 'gap', { severity })]).resourceLogs[0]
          ?.scopeLogs[0]?.logRecords[0]?.severityNumber,
    );
    expect(numbers).toEqual([9, 10, 13, 17, 0]);
  });

  test('of a folder have all events of all Macs, in a private file or on standard output', async () => {
    const pulls = join(folder, 'pulls');
    mkdirSync(pulls);
    const lines = Array.from({ length: 600 }, (_, index) => ({
      at: `+${(index + 1) * 6}m`,
      companyPortal: `5.${2_505 + index}.0`,
    }));
    await pulled(pulls, 'busy.db', { lines: [...lines, { at: '+61h', end: true }] });
    await pulled(pulls, 'calm.db', { start: '2026-03-03T08:00:01Z', lines: [{ at: '+1h', end: true }] });
    const out = join(folder, 'logs.ndjson');
    expect(cli(['fleet', pulls, '--otel', out])).toMatchObject({ status: 0, stderr: '' });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const requests = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const hostOf = (request: (typeof requests)[number]): string =>
      request.resourceLogs[0].resource.attributes.find(({ key }: { key: string }) => key === 'host.name')
        .value.stringValue;
    expect(new Set(requests.map(hostOf))).toEqual(new Set(['busy', 'calm']));
    const records = requests.flatMap(({ resourceLogs }) => resourceLogs[0].scopeLogs[0].logRecords);
    const recorded = ['busy.db', 'calm.db'].reduce((sum, name) => {
      const db = new Database(join(pulls, name), { readonly: true });
      const { count } = z.parse(
        z.object({ count: z.int() }),
        db.prepare('SELECT count(*) AS count FROM event').get(),
      );
      db.close();
      return sum + count;
    }, 0);
    expect(records.length).toBe(recorded);
    expect(records.length).toBeGreaterThan(500);
    expect(requests.length).toBeGreaterThan(2);
    expect(cli(['fleet', pulls, '--otel', '-']).stdout).toBe(readFileSync(out, 'utf8'));
  });
});

describe('the process that reads a merged database', () => {
  const rightsOf = async (...options: string[]) => {
    const merged = join(folder, 'of-reader.db');
    const pulls = join(folder, 'pulls of reader');
    mkdirSync(pulls, { recursive: true });
    if (!existsSync(merged)) {
      await pulled(pulls, 'healthy.db', { lines: [{ at: '+6h', end: true }] });
      expect(cli(['fleet', pulls, '--out', merged]).status).toBe(0);
    }
    const program = join(import.meta.dirname, 'processes/rights-of-otel-reader.ts');
    const target = join(folder, 'rights.ndjson');
    const scratch = join(folder, 'scratch');
    mkdirSync(scratch, { recursive: true });
    rmSync(target, { force: true });
    const command = [process.execPath, program, ...options];
    await writeOtel(merged, target, { force: false, scratch, command });
    return JSON.parse(readFileSync(target, 'utf8'));
  };

  test('has no environment and no folder of its caller', async () => {
    const rights = await rightsOf();
    expect(rights).toMatchObject({ variables: [], folder: '/' });
    expect(rights.requests).toBeGreaterThan(0);
  });

  test('of root drops its rights before it opens the database', async () => {
    if (process.getuid?.() !== 0) skipTest('needs root');
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'secret', { mode: 0o600 });
    expect(await rightsOf('--secret', secret)).toMatchObject({
      ...{ uid: 65_534, groups: [65_534], readsSecret: false, regained: false },
    });
  });

  test.each(['crash', 'invalid'])('leaves no file after a fault: %s', async (fault) => {
    await expect(rightsOf('--fault', fault)).rejects.toThrow('the events could not be read');
    expect(existsSync(join(folder, 'rights.ndjson'))).toBe(false);
  });
});
