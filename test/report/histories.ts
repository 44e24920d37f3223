import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type History, historyOf } from '../../agent/history/history.ts';
import { openReader } from '../../agent/store/reader.ts';
import type { EventRow } from '../../agent/store/store.ts';
import { replayInto } from '../helpers/replay-into.ts';
import { scenarioFile } from '../helpers/scenario-file.ts';

/** The history after a scenario. */
export async function historyAfter(scenario: string): Promise<History> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-history-'));
  try {
    await replayInto(folder, scenarioFile(scenario));
    const reader = openReader({ path: join(folder, 'events.db') });
    try {
      return historyOf(reader);
    } finally {
      reader.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const noHistory: History = { events: [], evidence: [], issues: [], sync: [], state: [] };

export function eventAt(at: string, kind: string, others: Partial<EventRow> = {}): EventRow {
  return {
    id: '1',
    at,
    kind,
    issue: '',
    severity: 'info',
    summary: `${kind} happened.`,
    detail: '{}',
    from_state: '',
    to_state: '',
    macos: '15.6',
    agent_version: '0.1.0',
    ...others,
  };
}

/** The page without its packed data, which may contain any short text by chance. */
export function withoutData(html: string): string {
  return html.replace(/(<script type="application\/gzip" id="report">)[^<]*/, '$1');
}

/** The data of a page, as JSON. */
export function dataIn(html: string): string {
  const packed = /<script type="application\/gzip" id="report">([^<]*)</.exec(html)?.[1];
  if (packed === undefined) throw new Error('this is no page of a report');
  return gunzipSync(Buffer.from(packed, 'base64')).toString('utf8');
}
