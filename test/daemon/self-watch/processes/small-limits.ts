// The agent as launchd starts it, with limits that any process exceeds within seconds.
// Arguments: sysroot, data folder.

import { ownUseLimits } from '../../../../agent/daemon/self-watch/limits.ts';
import { startAgent } from '../../../../agent/daemon/start-agent.ts';
import { second } from '../../../../agent/shared/time.ts';

const [sysroot = '', dataDir = ''] = process.argv.slice(2);
process.exitCode = await startAgent(
  { global: { sysroot, dataDir }, every: '1' },
  {
    ...ownUseLimits,
    memoryBytes: 1_000_000,
    pollsOverMemory: 2,
    settledFor: second,
    settledPolls: 2,
    youngest: 2 * second,
  },
);
