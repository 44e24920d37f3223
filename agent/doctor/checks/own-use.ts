import { compareWithLimits } from '../../daemon/self-watch/judge-own-use.ts';
import { figure, limitText } from '../../daemon/self-watch/limit-text.ts';
import { ownUseLimits, warnFrom } from '../../daemon/self-watch/limits.ts';
import { localTime } from '../../shared/local-time.ts';
import { type EpochMs, fromIso } from '../../shared/time.ts';
import type { OwnUseRecord, SelfRestartRecord } from '../../store/own-use-record.ts';
import { runningAgent } from '../../store/run-file.ts';
import { type Check, couldNotRun, type Outcome, pass, warn } from '../check.ts';

/** What the agent uses of the Mac, as it measured itself. */
export const ownUse: Check = {
  id: 'own-use',
  group: 'agent',
  async run({ paths, clock, version }) {
    const run = runningAgent(paths.dataDir);
    if (run === null) return [couldNotRun('What the agent uses is not known: it is not running.')];
    if (run.ownUse === null)
      return [
        run.version === version
          ? couldNotRun('What the agent uses is not known yet: it measures itself at its first look.')
          : couldNotRun(
              `What the agent uses is not known: the one that runs is ${run.version}, and has not said.`,
            ),
      ];
    return [outcomeOf(run.ownUse, run.selfRestart, clock.now())];
  },
};

/** Exported for its tests. */
export function outcomeOf(use: OwnUseRecord, restarted: SelfRestartRecord | null, now: EpochMs): Outcome {
  const against = compareWithLimits(use, ownUseLimits);
  const since =
    restarted !== null && now - fromIso(restarted.at) < ownUseLimits.atMostEvery
      ? ` It restarted itself at ${localTime(restarted.at)}: ${restarted.because}.`
      : '';
  const over = against.filter(({ measured, limit }) => measured > limit);
  if (over.length > 0)
    return warn(
      `The agent uses more than it should: ${over.map(limitText).join(', ')}.${since}`,
      since === ''
        ? 'If it goes on, the agent restarts itself while the Mac is awake. Ask again in an hour.'
        : 'It does so once a day at most. Please report it, with what this collects: psso-monitor diagnose',
    );
  const near = against.filter(({ measured, limit }) => measured > warnFrom * limit);
  if (near.length > 0)
    return warn(
      `The agent is near a limit of its own: ${near.map(limitText).join(', ')}.${since}`,
      'Nothing to do yet: past a limit it restarts itself, once a day at most.',
    );
  const said = against.map(({ what, measured }) => figure[what](measured)).join(', ');
  const polled = `${(use.lastLookMilliseconds / 1000).toFixed(1)} s for its last look`;
  return pass(`The agent uses little: ${said}, ${polled}.${since}`);
}
