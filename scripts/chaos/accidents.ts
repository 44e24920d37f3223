import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Started } from './chaos-place.ts';
import type { Held, PartInput } from './part.ts';

/** launchd sends SIGKILL 10 s after SIGTERM. The agent promises a second; a loaded machine gets more. */
const stopsWithinMs = 5_000;

/**
 * Accidents at random: kills, stops, pauses, hanging commands, garbled answers, damage to the database.
 * A signal before Node listens ends the agent with that signal.
 */
export async function accidents({ place, random, seconds, broken }: PartInput): Promise<Held[]> {
  const mac = place.mac('accidents');
  const figures = {
    starts: 0,
    kills: 0,
    stops: 0,
    pauses: 0,
    hangingCommands: 0,
    garbledAnswers: 0,
    damages: 0,
    slowestStopMs: 0,
    peakMegabytes: 0,
    events: 0,
  };
  let run: Started | null = null;
  let startedAt = 0;

  const start = () => {
    figures.starts += 1;
    startedAt = performance.now();
    const started = mac.start();
    run = started;
    void started.ended.then(({ status }) => {
      if (run !== started) return;
      run = null;
      // It ends by itself after damage that it met at work, and launchd starts it again.
      if (status !== null && status > 1) broken(`the agent ended with ${status}`);
    });
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const running: Started | null = run;
    run = null;
    if (running === null) return;
    if (signal === 'SIGKILL') {
      running.child.kill(signal);
      await running.ended;
      return;
    }
    const listens = performance.now() - startedAt > 3_000;
    const { status, took, signal: by } = await mac.stop(running);
    figures.slowestStopMs = Math.max(figures.slowestStopMs, Math.round(took));
    if (took > stopsWithinMs) broken(`SIGTERM took ${Math.round(took)} ms`);
    const ended = status === 0 || (by === 'SIGTERM' && !listens);
    if (!ended) broken(`SIGTERM ended the agent with status ${status}, ${by}`);
  };
  const actions: readonly (() => Promise<void>)[] = [
    async () => {
      figures.kills += 1;
      await end('SIGKILL');
    },
    async () => {
      figures.stops += 1;
      await end('SIGTERM');
    },
    async () => {
      figures.pauses += 1;
      run?.child.kill('SIGSTOP');
      await sleep(500 + random(3_000));
      run?.child.kill('SIGCONT');
    },
    async () => {
      figures.hangingCommands += 1;
      mac.mac.apply({ appSso: { fail: 'timeout' } });
      await sleep(random(3_000));
      // Stopped or killed while the command hangs.
      if (random(2) === 0) await end(random(2) === 0 ? 'SIGTERM' : 'SIGKILL');
      mac.mac.apply({ appSso: null });
    },
    async () => {
      figures.garbledAnswers += 1;
      mac.mac.apply({ appSso: { text: `Device Configuration:\n{${'x'.repeat(random(10_000))}` } });
      await sleep(random(3_000));
      mac.mac.apply({ appSso: null });
    },
    async () => {
      if (random(4) !== 0 || !existsSync(mac.database)) return;
      figures.damages += 1;
      await end('SIGKILL');
      const bytes = readFileSync(mac.database);
      for (let at = random(bytes.length), left = 4096; left > 0 && at < bytes.length; at += 1, left -= 1)
        bytes[at] = random(256);
      writeFileSync(mac.database, bytes);
      // How much of it is read again is tested in test/store/salvage.test.ts.
      mac.forget();
    },
  ];

  const until = performance.now() + seconds * 1_000;
  start();
  while (performance.now() < until) {
    await sleep(random(1_500));
    mac.watch();
    figures.events = Math.max(figures.events, mac.acknowledged);
    figures.peakMegabytes = Math.max(figures.peakMegabytes, peakOf(run));
    mac.refresh();
    await sleep(random(1_500));
    await actions[random(actions.length)]?.();
    if (run !== null) continue;
    // Damage of this run is found by the next start.
    for (const fault of mac.faults()) if (figures.damages === 0 || !fault.includes('damaged')) broken(fault);
    start();
  }
  await end('SIGTERM');
  const leftovers = mac.leftoverProcesses();
  if (leftovers > 0) broken(`${leftovers} commands of the Mac are still running`);
  const { starts, kills, stops, pauses, hangingCommands, garbledAnswers, damages } = figures;
  return [
    {
      promise:
        'Accidents at random: `kill -9`, SIGTERM, a stopped process, hanging commands, garbled answers, a damaged page. No event that a reader saw is lost, nothing is recorded twice, and no process stays.',
      figure: `${starts} starts, ${kills} kills, ${stops} stops (slowest ${figures.slowestStopMs} ms), ${pauses} pauses, ${hangingCommands} hanging commands, ${garbledAnswers} garbled answers, ${damages} damaged pages (${mac.quarantined()} quarantined); of ${figures.events} events none lost, none twice; ${figures.peakMegabytes} MB at the peak`,
    },
  ];
}

function peakOf(run: Started | null): number {
  try {
    const status = readFileSync(`/proc/${run?.child.pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0; // It has just ended.
  }
}
