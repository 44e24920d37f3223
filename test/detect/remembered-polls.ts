import { explainFinding } from '../../agent/causes/explain-finding.ts';
import { detect } from '../../agent/detect/detect.ts';
import { emptyMemory, type Memory } from '../../agent/detect/memory.ts';
import { detectors } from '../../agent/issues/issues.ts';
import { observeOnce } from '../../agent/observe/observe.ts';
import type { Observation } from '../../agent/shared/observation.ts';
import { minute } from '../../agent/shared/time.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';

export const detectSettings = {
  ignoredIssues: [],
  pollIntervalSeconds: 300,
  troublePollIntervalSeconds: 60,
  idpPasswordChangedAt: null,
  idpMinimumPasswordLength: 8,
};

/** The memory after a poll each five minutes on an unchanged Mac, for `elapsed` milliseconds. */
export async function afterPollsFor(elapsed: number): Promise<{ memory: Memory; observation: Observation }> {
  const mac = new VirtualMac({ start: Date.UTC(2026, 2, 2, 8), macos: '15.6', user: 'alex' });
  let memory = emptyMemory();
  let last: Observation | null = null;
  for (let at = 0; at <= elapsed; at += 5 * minute) {
    mac.advanceTo(at);
    const { runner, files, who, clock } = mac;
    const observation = await observeOnce({ runner, files, who, clock });
    last = observation;
    memory = detect({
      detectors,
      explain: explainFinding,
      memory,
      observation,
      run: 'a run',
      monotonicCountsSleep: true,
      settings: detectSettings,
    }).memory;
  }
  if (last === null) throw new Error('there was no poll');
  return { memory, observation: last };
}
