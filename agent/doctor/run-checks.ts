// doctor/: checks of the installation and of this Mac. `checks/` has one file a check; one that could not
// run never fails. `runChecks` runs the list.

import { setTimeout as sleep } from 'node:timers/promises';
import { sanitiseLine } from '../shared/safe-text.ts';
import { second } from '../shared/time.ts';
import { type Check, type CheckDependencies, couldNotRun, type Outcome } from './check.ts';
import { database } from './checks/database.ts';
import { installation } from './checks/installation.ts';
import { lastPoll } from './checks/last-poll.ts';
import { launchd } from './checks/launchd.ts';
import { log } from './checks/log.ts';
import { notifications } from './checks/notifications.ts';
import { ownUse } from './checks/own-use.ts';
import { owner } from './checks/owner.ts';
import { running } from './checks/running.ts';
import { settings } from './checks/settings.ts';
import { sources } from './checks/sources.ts';
import { versions } from './checks/versions.ts';
import type { CheckResult } from './doctor-output.ts';

/** Of a copy: no agent, setting or source of this Mac belongs to it. */
const copied: Check = {
  id: 'running',
  group: 'agent',
  run: async () => [couldNotRun('This is a copy of a history; no agent, settings or sources belong to it.')],
};

export const checksOfCopy: readonly Check[] = [copied, database];

export const allChecks: readonly Check[] = [
  installation,
  launchd,
  running,
  log,
  ownUse,
  owner,
  lastPoll,
  database,
  settings,
  sources,
  notifications,
  versions,
];

/** A command ends after 12 s at the latest, and a check can run several one after the other. */
const checkTimeout = 40 * second;

/** Runs the checks one after the other. Never rejects: a check that throws or hangs could not run. */
export async function runChecks(
  deps: CheckDependencies,
  checks: readonly Check[] = allChecks,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    for (const { id = check.id, verdict, message, next } of await outcomesOf(check, deps))
      results.push({ id, group: check.group, verdict, message, next });
  }
  return results;
}

async function outcomesOf(check: Check, deps: CheckDependencies): Promise<readonly Outcome[]> {
  const ended = new AbortController();
  try {
    return await Promise.race([
      check.run(deps),
      sleep(checkTimeout, [couldNotRun(`This check (${check.id}) took too long.`)], {
        signal: ended.signal,
      }),
    ]);
  } catch (error) {
    const why = sanitiseLine(error instanceof Error ? error.message : String(error), 300);
    return [couldNotRun(`This check (${check.id}) could not run: ${why}`)];
  } finally {
    ended.abort();
  }
}
