import { detect } from '../../agent/detect/detect.ts';
import { emptyMemory, type Memory } from '../../agent/detect/memory.ts';
import { observe } from '../../agent/observe/observe.ts';
import type { AppSso } from '../../agent/types/observation.ts';
import { minute } from '../../agent/types/time.ts';
import { VirtualMac } from '../mac/virtual-mac.ts';

/** What is remembered of looks each five minutes at a Mac on which nothing happens, up to this long after its start. */
export async function afterLooksAt(
  elapsed: number,
): Promise<{ memory: Memory; appSso: AppSso; now: number; monotonic: number }> {
  const mac = new VirtualMac({ start: Date.UTC(2026, 2, 2, 8), macos: '15.6', user: 'alex' });
  let memory = emptyMemory();
  let appSso: AppSso | null = null;
  for (let at = 0; at <= elapsed; at += 5 * minute) {
    mac.advanceTo(at);
    const observation = await observe({
      ...{ runner: mac.runner, files: mac.files },
      who: mac.who,
      clock: mac.clock,
    });
    appSso = observation.appSso.ok ? observation.appSso.value : null;
    memory = detect({
      ...{ memory, observation, run: 'a run', monotonicCountsSleep: true },
      settings: {
        pollIntervalSeconds: 300,
        troublePollIntervalSeconds: 60,
        idpPasswordChangedAt: null,
        idpMinimumPasswordLength: 8,
      },
    }).memory;
  }
  if (appSso === null) throw new Error('app-sso was not understood');
  return { memory, appSso, now: mac.clock.now(), monotonic: mac.clock.monotonic() };
}
