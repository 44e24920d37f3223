import { logProblem } from '../../daemon/log-file.ts';
import { sanitiseLine } from '../../shared/safe-text.ts';
import { type Check, pass, warn } from '../check.ts';

/** Whether the agent can write its log. It runs without one, too. */
export const log: Check = {
  id: 'log',
  group: 'agent',
  async run({ paths }) {
    const problem = logProblem(paths.log);
    if (problem === null) return [pass('The agent can write its log.')];
    return [
      warn(
        `There is no log: ${sanitiseLine(problem, 300)}. The agent runs without one.`,
        `Check the file and its owner: ls -ld "${paths.log}"`,
      ),
    ];
  },
};
