import { compareWithLimits } from '../../daemon/self-watch/judge-own-use.ts';
import { figure, limitText } from '../../daemon/self-watch/limit-text.ts';
import { ownUseLimits, warnFrom } from '../../daemon/self-watch/limits.ts';
import { localTime } from '../../shared/local-time.ts';
import { type EpochMs, fromIso } from '../../shared/time.ts';
import type { OwnUseRecord, SelfRestartRecord } from '../../store/own-use-record.ts';
import { runningAgent } from '../../store/run-file.ts';
import { type Check, couldNotRun, type Outcome, pass, warn } from '../check.ts';

/** The agent's own use, as it measured it. */
export const ownUse: Check = {
  id: 'own-use',
  group: 'agent',
  async run({ paths, clock, version }) {
    const run = runningAgent(paths.dataDir);
    if (run === null) return [couldNotRun('The own use is unknown: the agent is not running.')];
    if (run.ownUse === null)
      return [
        run.version === version
          ? couldNotRun('The own use is unknown: the agent measures it at its first poll.')
          : couldNotRun(
              `The own use is unknown: the running agent is ${run.version} and has not measured it.`,
            ),
      ];
    return [outcomeOf(run.ownUse, run.selfRestart, clock.now())];
  },
};

/** The outcome for one measurement. */
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
        ? 'If this continues, the agent restarts itself while the Mac is awake. Check again in an hour.'
        : 'It restarts once a day at most. Please report it with the archive of: psso-monitor diagnose',
    );
  const near = against.filter(({ measured, limit }) => measured > warnFrom * limit);
  if (near.length > 0)
    return warn(
      `The agent is near a limit: ${near.map(limitText).join(', ')}.${since}`,
      'Over a limit the agent restarts itself, once a day at most.',
    );
  const figures = against.map(({ what, measured }) => figure[what](measured)).join(', ');
  const polled = `${(use.lastLookMilliseconds / 1000).toFixed(1)} s for its last poll`;
  return pass(`Own use is within limits: ${figures}, ${polled}.${since}`);
}
