import { fittingRecords } from './fitting-records.ts';
import type { FlatRecord } from './flat-record.ts';

/** In bytes, with the line feed: below the 256 kB that engines take at most, and the Collector's 1 MiB. */
const mostBytesOfRequest = 250_000;
/** Of the request around its records: the names in it have at most 255 bytes each. */
const forResource = 4_000;
/** The most records in a request: within the limits of all engines. */
const mostRecords = 500;

const scope = 'psso-monitor';

interface Attribute {
  readonly key: string;
  readonly value:
    | { readonly stringValue: string }
    | { readonly intValue: number }
    | { readonly boolValue: boolean };
}

/**
 * Records in OpenTelemetry's log data model, as OTLP in JSON, one request a line: the format of the
 * Collector's `otlpjsonfile` receiver. A request has records of one history and one version of the agent.
 */
export async function* otlpLines(records: AsyncIterable<FlatRecord>): AsyncGenerator<string, void> {
  let resource = '';
  let waiting: string[] = [];
  let bytes = 0;
  const most = mostBytesOfRequest - forResource;
  for await (const record of records) {
    const of = JSON.stringify({ attributes: attributes(resourceOf(record)) });
    for (const text of fittingRecords(record, { most, write: logRecord })) {
      const size = Buffer.byteLength(text) + 1;
      if (of !== resource || waiting.length >= mostRecords || bytes + size > most) {
        if (waiting.length > 0) yield requestOf(resource, waiting);
        resource = of;
        waiting = [];
        bytes = 0;
      }
      waiting.push(text);
      bytes += size;
    }
  }
  if (waiting.length > 0) yield requestOf(resource, waiting);
}

function requestOf(resource: string, records: readonly string[]): string {
  const scopeLogs = `[{"scope":{"name":"${scope}"},"logRecords":[${records.join(',')}]}]`;
  return `{"resourceLogs":[{"resource":${resource},"scopeLogs":${scopeLogs}}]}\n`;
}

function resourceOf({ history, mac, user, values }: FlatRecord) {
  return {
    'service.name': scope,
    'service.version': versionIn(values),
    'service.instance.id': history,
    'host.name': mac,
    'user.name': user,
    'os.type': 'darwin',
  };
}

/** Of a request; a longer text is no version, and stays with its record. */
function versionIn({ agent_version: version = '' }: FlatRecord['values']): string {
  return String(version).length <= 100 ? String(version) : '';
}

/** INFO, INFO2, WARN and ERROR of the data model. */
const severityNumbers: Readonly<Record<string, number>> = { info: 9, low: 10, medium: 13, high: 17 };

/** The names of records that are no events; an event has its kind. */
const eventNames = {
  window: 'password-window',
  issue: 'issue-episode',
  state: 'mac-state',
  part: 'part',
} as const;

function logRecord({ record, at, uid, values }: FlatRecord): string {
  const time = nanosecondsOf(at);
  const { summary, severity, kind, macos, agent_version, event_id, ...others } = values;
  const eventName = record === 'event' ? String(kind ?? 'part') : eventNames[record];
  const severityText = severity ?? 'info';
  return JSON.stringify({
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: severityNumbers[String(severityText)] ?? 0,
    severityText,
    eventName,
    body: { stringValue: String(summary ?? values.outcome ?? values.headline ?? eventName) },
    attributes: attributes({
      // For engines that do not read eventName yet.
      'event.name': eventName,
      'os.version': macos ?? '',
      'log.record.uid': uid,
      'psso.record': record,
      // A text since the first version.
      'psso.event.id': event_id === undefined ? '' : String(event_id),
      'psso.agent_version': versionIn(values) === '' ? (agent_version ?? '') : '',
      ...Object.fromEntries(Object.entries(others).map(([key, value]) => [`psso.${key}`, value])),
      ...(time === '0' ? { 'psso.time': new Date(at).toISOString() } : {}),
    }),
  });
}

/** The data model has the years 1970 to 2554; 0 is an unknown time. */
function nanosecondsOf(at: number): string {
  const nanoseconds = BigInt(at) * 1_000_000n;
  return nanoseconds > 0n && nanoseconds < 2n ** 64n ? `${nanoseconds}` : '0';
}

/** Leaves out empty texts. */
function attributes(values: Readonly<Record<string, string | number | boolean>>): Attribute[] {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: string | number | boolean): Attribute['value'] {
  if (typeof value === 'number') return { intValue: value };
  return typeof value === 'boolean' ? { boolValue: value } : { stringValue: value };
}
