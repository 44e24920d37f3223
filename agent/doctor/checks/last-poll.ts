import { durationText } from '../../shared/duration-text.ts';
import { second } from '../../shared/time.ts';
import { previousRun, runningAgent } from '../../store/run-file.ts';
import { type Check, pass, warn } from '../check.ts';

/** Seconds: a clock that was set back by less does not matter. */
const littleInFuture = 60;

/** Whether the agent polled recently. */
export const lastPoll: Check = {
  id: 'last-look',
  group: 'history',
  async run({ paths, settings, clock }) {
    const last = previousRun(paths.dataDir);
    if (last === null) return [];
    if (last.lastPollAt === null) {
      return [
        runningAgent(paths.dataDir) === null
          ? warn('No poll has finished yet.', 'To poll once: psso-monitor once')
          : warn('The agent runs; its first poll has not finished yet.', 'Run doctor again in a minute.'),
      ];
    }
    const seconds = Math.round((clock.now() - last.lastPollAt) / second);
    if (seconds < -littleInFuture)
      return [warn('The last poll is in the future: the clock was set back.', 'The next poll corrects it.')];
    const late = seconds > 3 * settings.values.PollIntervalSeconds;
    const age = `The last poll was ${durationText(Math.max(0, seconds))} ago.`;
    if (!late) return [pass(age)];
    if (runningAgent(paths.dataDir) === null) return [warn(age, null)];
    // The agent does not poll while the Mac sleeps, and the user has just woken the Mac.
    const interval = durationText(settings.values.PollIntervalSeconds);
    return [
      warn(
        `${age} The poll interval is ${interval}, unless the Mac was asleep.`,
        'Run doctor again in five minutes.',
      ),
    ];
  },
};
