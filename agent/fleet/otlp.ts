import type { EventRow } from '../store/store.ts';

/**
 * Events in OpenTelemetry's log data model, as OTLP in JSON: the format of the collector's `otlpjsonfile`
 * receiver and file exporter. 64-bit numbers are texts there (the JSON mapping of protobuf).
 */
export interface ExportLogsServiceRequest {
  readonly resourceLogs: readonly ResourceLogs[];
}
interface ResourceLogs {
  readonly resource: { readonly attributes: readonly Attribute[] };
  readonly scopeLogs: readonly {
    readonly scope: { readonly name: string };
    readonly logRecords: readonly LogRecord[];
  }[];
}
interface LogRecord {
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly eventName: string;
  readonly body: { readonly stringValue: string };
  readonly attributes: readonly Attribute[];
}
interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}

/** INFO, INFO2, WARN and ERROR of the data model. */
const severityNumbers: Readonly<Record<string, number>> = { info: 9, low: 10, medium: 13, high: 17 };
const scope = 'psso-monitor';

/** Events of one Mac as one request. `history`: the id of the history; empty: it has none. */
export function otlpRequest(
  mac: string,
  events: readonly EventRow[],
  history = '',
): ExportLogsServiceRequest {
  const version = events.at(-1)?.agent_version ?? '';
  return {
    resourceLogs: [
      {
        resource: {
          attributes: attributes({
            'service.name': scope,
            'service.version': version,
            'service.instance.id': history,
            'host.name': mac,
            'os.type': 'darwin',
          }),
        },
        scopeLogs: [{ scope: { name: scope }, logRecords: events.map(logRecord) }],
      },
    ],
  };
}

function logRecord(event: EventRow): LogRecord {
  const nanoseconds = `${BigInt(Date.parse(event.at)) * 1_000_000n}`;
  return {
    timeUnixNano: nanoseconds,
    observedTimeUnixNano: nanoseconds,
    severityNumber: severityNumbers[event.severity] ?? 0,
    severityText: event.severity,
    eventName: event.kind,
    body: { stringValue: event.summary },
    attributes: attributes({
      // For engines that do not read eventName yet.
      'event.name': event.kind,
      'os.version': event.macos,
      'psso.event.id': event.id,
      'psso.issue': event.issue,
      'psso.from_state': event.from_state,
      'psso.to_state': event.to_state,
      'psso.detail': event.detail === '{}' ? '' : event.detail,
    }),
  };
}

/** Leaves out empty values. */
function attributes(values: Readonly<Record<string, string>>): Attribute[] {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
