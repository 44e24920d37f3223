import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { notifications } from '../../doctor/checks/notifications.ts';
import { running } from '../../doctor/checks/running.ts';
import { doctorDependencies } from '../../doctor/doctor-dependencies.ts';
import { runChecks } from '../../doctor/run-checks.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import type { Organisation } from '../../issues/organisation.ts';
import { loadOrganisation } from '../../settings/load-context.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { nearestOf } from '../../shared/nearest.ts';
import { type Paths, pathsOf } from '../../shared/paths.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { onStopSignal } from '../../shared/stop-signals.ts';
import { toIso } from '../../shared/time.ts';
import { runningAgent } from '../../store/run-file.ts';
import { type StepId, stepIds, type ValidationOutput } from '../../validation/validation-output.ts';
import { judgeDatabase, walkThrough } from '../../validation/walk.ts';
import { readWalk, type WalkFile, walkPath } from '../../validation/walk-file.ts';
import { refuseOverwriting } from '../options/export-options.ts';
import { sinceOption } from '../options/instant-option.ts';
import { subjectOf } from '../options/report-subject.ts';
import { asCalled } from '../print/as-called.ts';
import { printJson, printLine, printMessage } from '../print/print.ts';
import { printSummary, printValidation, walkPrinter } from '../print/validation-text.ts';
import type { Subcommand } from '../subcommand.ts';

interface Options {
  json?: boolean;
  since?: string;
  skip?: string[];
  restart?: boolean;
  wait: boolean;
  page?: string;
  force?: boolean;
}

export const validate: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .option('--since <when>', 'judge from history alone, since 30s, 5m, 4h, 2d or 1w ago, or since a date')
      .option('--skip <step...>', `leave out steps of the walk: ${stepIds.join(', ')}`)
      .option('--restart', 'begin the walk again; only what happens from now on counts')
      .option('--no-wait', 'judge the walk once, and do not wait')
      .option('--page <file>', 'also write the result as one HTML file')
      .option('--force', 'overwrite an existing page')
      .option('--json', 'print JSON; times in UTC; does not wait')
      .addHelpText(
        'after',
        `
Proves after a roll-out that Platform SSO works on a pilot Mac: the preconditions, the registration, a new
password that reaches the Mac, a repair, a migration, the extension, the notifications, the agent. While an
agent runs, it waits up to four hours and shows what macOS does. Ctrl-C leaves it, and the same command takes
it up again; its progress is in validation.json beside the database. With --since or --database, or without
an agent, it judges from the recorded history alone. It changes nothing on the Mac. The exit status is 1 when
a step failed.

Example:
  psso-monitor validate
  psso-monitor validate --skip repair --page validation.html
  psso-monitor validate --since 2026-11-20 --json
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const page = options.page === undefined ? null : resolve(options.page);
      if (page !== null) refuseOverwriting(page, options.force === true);
      const skip = (options.skip ?? []).map(stepOf);
      const paths = await pathsToRead(global);
      const organisation = await loadOrganisation(global);
      const output = isWalk(options, paths, global)
        ? await walk({ ...options, skip, organisation }, paths, global)
        : fromHistory(options, paths, { organisation, global });
      if (options.json) printJson(output);
      if (page !== null) await writePage(page, output, { ...options, global });
      return output.result === 'failed' ? exitStatus.problem : exitStatus.done;
    });
  },
};

/** A walk needs an agent that records. One that was begun is taken up also without it. */
function isWalk(
  { since, skip, restart }: Options,
  { dataDir, database }: Paths,
  global: GlobalOptions,
): boolean {
  const isAsked = skip !== undefined || restart === true;
  const isOwn = global.database === undefined && database === pathsOf(global).database;
  if (since !== undefined || !isOwn) {
    if (!isAsked) return false;
    throw new UsageError('--skip and --restart are of the walk, and this judges from history alone.');
  }
  return isAsked || runningAgent(dataDir) !== null || existsSync(walkPath(dataDir));
}

function stepOf(text: string): StepId {
  const step = stepIds.find((id) => id === text);
  if (step !== undefined) return step;
  const meant = nearestOf(text, stepIds);
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  throw new UsageError(`there is no step "${text}"; the steps are ${stepIds.join(', ')}.${hint}`);
}

function fromHistory(
  { since: from, json }: Options,
  paths: Paths,
  { organisation, global }: { readonly organisation: Organisation; readonly global: GlobalOptions },
): ValidationOutput {
  const now = Date.now();
  const since = from === undefined ? null : sinceOption(from, now);
  const output = judgeDatabase(paths, { since, now, organisation });
  if (json) return output;
  if (since === null && !output.agentRuns) printMessage(noAgent);
  printValidation(output, global);
  return output;
}

const noAgent = 'No agent runs for this history, so nothing new is recorded: judged from the history alone.';
const noAgentInWalk =
  'No agent runs for this history, so nothing new is recorded. To start it: psso-monitor run';

async function walk(
  {
    json = false,
    wait,
    skip,
    restart = false,
    organisation,
  }: Options & { readonly skip: readonly StepId[]; readonly organisation: Organisation },
  { database, dataDir }: Paths,
  global: GlobalOptions,
): Promise<ValidationOutput> {
  const dependencies = await doctorDependencies(global);
  const left = new AbortController();
  const stopListening = onStopSignal(() => left.abort());
  const printer = walkPrinter(Date.now, global);
  const output = await walkThrough({
    database,
    dataDir,
    walk: begun(restart ? null : readWalk(dataDir), skip, restart),
    checks: () => runChecks(dependencies, [running, notifications]),
    organisation,
    wait: wait && !json,
    now: Date.now,
    signal: left.signal,
    judged: (...judged) => {
      if (!json) printer.judged(...judged);
    },
  });
  stopListening();
  if (json) return output;
  printer.done();
  if (!output.agentRuns) printMessage(asCalled(noAgentInWalk, global));
  printSummary(output);
  if (left.signal.aborted) printLine(asCalled('Left. To take it up again: psso-monitor validate', global));
  return output;
}

function begun(walk: WalkFile | null, skip: readonly StepId[], restart: boolean): WalkFile {
  const now = toIso(Date.now());
  const { version, startedAt, since, skipped, passed } = walk ?? {
    version: 1 as const,
    startedAt: now,
    since: restart ? now : null,
    skipped: [],
    passed: [],
  };
  return { version, startedAt, since, skipped: [...new Set([...skipped, ...skip])], passed };
}

async function writePage(
  page: string,
  output: ValidationOutput,
  { force, json, global }: Options & { readonly global: GlobalOptions },
): Promise<void> {
  const subject = subjectOf(global.database ?? global.dataDir, global.sysroot);
  const { validationHtml } = await import('../../report/validation-page.ts');
  writePrivateFile(page, await validationHtml(output, subject), { force: force === true });
  if (!json) printLine(`Made ${page}.`);
}
