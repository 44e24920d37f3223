import { version } from '../../agent/shared/version.ts';
import type { Replayed } from './replayed.ts';

/**
 * All that the replay of a scenario left in the database: every column of every event, the rows of issues and
 * of token cycles, and `v_state`. Only what is random, or depends on the real time or the version, is left
 * out. The tables of the scenarios are files of test/scenarios/recorded.
 */
export function recordedTable(replayed: Replayed): string {
  const events = replayed.rows.map(
    ({ id: _id, agent_version: _version, at, kind, issue, severity, ...row }) =>
      block([at, kind, issue, severity].filter((word) => word !== '').join('  '), {
        summary: row.summary.replace(`agent ${version} `, 'agent VERSION '),
        ...(row.from_state === '' && row.to_state === '' ? {} : { from: row.from_state, to: row.to_state }),
        macos: row.macos,
        ...withoutRun(row.detail),
      }),
  );
  const issues = replayed.issues.map(({ open_seconds, ...row }) =>
    // An open issue is open until now, the time of the test.
    block(`issue ${row.issue}`, {
      ...(row.status === 'open' ? row : { ...row, open_seconds }),
      ...replayed.evidence.find(({ issue, opened_at }) => issue === row.issue && opened_at === row.opened_at),
    }),
  );
  const cycles = replayed.sync.map((row) => block(`token cycle from ${row.stale_from}`, row));
  const state = replayed.stateRows
    .filter(({ key }) => key !== 'history')
    .map(({ key, value, since }) => [key, `${value}, since ${since}`]);
  return [...events, ...issues, ...cycles, block('state', Object.fromEntries(state))].join('\n');
}

function withoutRun(detail: string): object {
  const { run: _run, version: _version, ...data } = JSON.parse(detail);
  return data;
}

/** A line, then one line for each value. */
function block(title: string, values: object): string {
  const lines = Object.entries(values).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  return `${title}\n${lines.join('')}`;
}
