import { logProblem } from '../../daemon/log-file.ts';
import { sanitiseLine } from '../../shared/safe-text.ts';
import { type Check, pass, warn } from '../check.ts';

/** Whether the agent can keep its log. Without one it watches on. */
export const log: Check = {
  id: 'log',
  group: 'agent',
  async run({ paths }) {
    const problem = logProblem(paths.log);
    if (problem === null) return [pass('The agent can write its log.')];
    return [
      warn(
        `There is no log: ${sanitiseLine(problem, 300)}. The agent watches on without one.`,
        `See what is in its place and whose it is: ls -ld "${paths.log}"`,
      ),
    ];
  },
};
