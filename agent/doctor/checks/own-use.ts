import { instant } from '../../commands/instants.ts';
import { againstLimits } from '../../self-watch/judge.ts';
import { nearly, ownUseLimits } from '../../self-watch/limits.ts';
import type { OwnUseRecord, SelfRestartRecord } from '../../self-watch/record.ts';
import { againstLimit, figure } from '../../self-watch/words.ts';
import { runningAgent } from '../../store/run-file.ts';
import { type EpochMs, fromIso } from '../../types/time.ts';
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
  const against = againstLimits(use, ownUseLimits);
  const since =
    restarted !== null && now - fromIso(restarted.at) < ownUseLimits.atMostEvery
      ? ` It restarted itself at ${instant(restarted.at)}: ${restarted.because}.`
      : '';
  const over = against.filter(({ measured, limit }) => measured > limit);
  if (over.length > 0)
    return warn(
      `The agent uses more than it should: ${over.map(againstLimit).join(', ')}.${since}`,
      since === ''
        ? 'If it goes on, the agent restarts itself while the Mac is awake. Ask again in an hour.'
        : 'It does so once a day at most. Please report it, with what this collects: psso-monitor diagnose',
    );
  const near = against.filter(({ measured, limit }) => measured > nearly * limit);
  if (near.length > 0)
    return warn(
      `The agent is near a limit of its own: ${near.map(againstLimit).join(', ')}.${since}`,
      'Nothing to do yet: past a limit it restarts itself, once a day at most.',
    );
  const said = against.map(({ what, measured }) => figure[what](measured)).join(', ');
  const looked = `${(use.lastLookMilliseconds / 1000).toFixed(1)} s for its last look`;
  return pass(`The agent uses little: ${said}, ${looked}.${since}`);
}
