// What check-on-mac.sh measures with the Node of the package. Prints one line. Exit status 1: what was asked
// for does not hold.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const measures = {
  /** Milliseconds from a signal to a process until it is gone; 20 s at most. */
  async ended(pid, signal) {
    const began = performance.now();
    process.kill(Number(pid), signal);
    while (isAlive(Number(pid)) && performance.now() - began < 20_000) await sleep(20);
    return [String(Math.round(performance.now() - began)), !isAlive(Number(pid))];
  },

  /** The most that a timer came too late, in milliseconds, over some timers in a row. */
  async timers(count, seconds) {
    let latest = 0;
    for (let timer = 0; timer < Number(count); timer++) {
      const began = performance.now();
      await sleep(Number(seconds) * 1000);
      latest = Math.max(latest, performance.now() - began - Number(seconds) * 1000);
    }
    return [String(Math.round(latest)), true];
  },

  /**
   * How far the monotonic clock and the wall clock drift apart while so much of the wall clock's time passes;
   * milliseconds.
   */
  async clocks(seconds) {
    const [monotonic, wall] = [performance.now(), Date.now()];
    while (Date.now() - wall < Number(seconds) * 1000) await sleep(500);
    return [String(Math.round(Math.abs(performance.now() - monotonic - (Date.now() - wall)))), true];
  },

  /** How each source of `once --json` answered: all of them, and in how none may answer where all is well. */
  sources(file) {
    const { observation } = JSON.parse(readFileSync(file, 'utf8'));
    const readings = Object.entries(observation).filter(([, reading]) => typeof reading?.ok === 'boolean');
    const said = readings.map(([name, { ok, reason }]) => `${name} ${ok ? 'ok' : reason}`);
    // What is not there, switched off or denied says something about the Mac; these say something about us.
    const ours = readings.filter(
      ([, { ok, reason }]) => !ok && !['missing', 'off', 'denied'].includes(reason),
    );
    return [said.join(', '), readings.length > 0 && ours.length === 0];
  },

  /** The state that `parse app-sso` gives a text of app-sso, without when it was read. */
  judged(file) {
    const { observedAt: _, ...judged } = JSON.parse(readFileSync(file, 'utf8'));
    return [JSON.stringify(judged), true];
  },

  /** The text of app-sso in the first step of a capture. */
  captured(file) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (!line.startsWith('{')) continue;
      const { appSso } = JSON.parse(line);
      if (typeof appSso?.text === 'string') return [appSso.text, true];
    }
    return ['', false];
  },
};

const [name, ...args] = process.argv.slice(2);
const [said, holds] = await measures[name](...args);
console.log(said);
process.exitCode = holds ? 0 : 1;
