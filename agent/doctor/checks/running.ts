import { existsSync } from 'node:fs';
import { label } from '../../../launchd/installed-paths.ts';
import { localTime } from '../../shared/local-time.ts';
import { type Paths, pathsOf } from '../../shared/paths.ts';
import { type RunFile, readRunFile, runFilePath, runningAgent } from '../../store/run-file.ts';
import { type Check, couldNotRun, fail, type Outcome, pass, warn } from '../check.ts';

/** The number of quick deaths from which the check warns; see agent/daemon/crash-back-off.ts. */
const pattern = 3;

/** Whether the folder was named by the caller, and only a history is in it. */
function isCopy({ dataDir, database }: Paths): boolean {
  return dataDir !== pathsOf({}).dataDir && existsSync(database);
}

/** Whether the user's agent runs, has the installed version, and does not crash repeatedly. */
export const running: Check = {
  id: 'running',
  group: 'agent',
  async run({ paths, version }) {
    const run = runningAgent(paths.dataDir);
    return run === null ? [notRunning(paths)] : whileRunning(run, paths, version);
  },
};

const readLog = ({ log }: Paths) => `Read the log: tail -n 20 "${log}"`;

function notRunning(paths: Paths): Outcome {
  const last = readRunFile(paths.dataDir);
  if (last !== null)
    return last.cleanStop
      ? fail(
          'The agent is not running; it stopped cleanly.',
          'launchd starts it at the next login; to start it now: psso-monitor run',
        )
      : fail('The agent is not running, and did not stop cleanly.', readLog(paths));
  if (existsSync(runFilePath(paths.dataDir)))
    return couldNotRun(
      "The agent's record agent.json can't be understood, so whether the agent runs is unknown.",
      'The next start of the agent creates a new one: log out and in again.',
    );
  if (isCopy(paths))
    return couldNotRun('This folder holds a history and no agent: it is a copy, or was made by a replay.');
  if (existsSync(paths.database))
    return fail(
      'The agent is not running, and its record agent.json is missing.',
      'launchd starts the agent at login; to start it now: psso-monitor run',
    );
  return fail(
    'No agent has ever run for this user.',
    'launchd starts it at login; to start it now: psso-monitor run',
  );
}

function whileRunning(run: RunFile, paths: Paths, version: string): Outcome[] {
  const outcomes: Outcome[] = [];
  if (run.waitsUntil !== null)
    outcomes.push(
      fail(
        `The agent ended soon after its start ${run.quickDeaths} times in a row. ` +
          `It waits until ${localTime(run.waitsUntil)} before it polls again.`,
        readLog(paths),
      ),
    );
  else {
    outcomes.push(pass(`The agent is running (process ${run.pid}, since ${localTime(run.startedAt)}).`));
    if (run.quickDeaths >= pattern)
      outcomes.push(
        warn(`Before this run, ${run.quickDeaths} runs ended soon after their start.`, readLog(paths)),
      );
  }
  if (run.version !== version)
    outcomes.push(
      warn(
        `The running agent is ${run.version}, this program is ${version}.`,
        `The agent is replaced at the next login. Now: launchctl kickstart -k gui/$UID/${label}`,
      ),
    );
  return outcomes;
}
