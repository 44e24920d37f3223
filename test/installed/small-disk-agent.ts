import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runFilePath } from '../../agent/store/run-file.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { type SmallDisk, smallDisk } from '../helpers/small-disk.ts';
import { until } from '../helpers/until.ts';
import { type InstalledAgent, type InstalledRun, installedAgent } from './installed-agent.ts';

/** The user whose agent it is: root could write everywhere. */
export const otherUser = 65534;

/** The installed agent of a user, with its history on a disk of 1 MB. */
export class SmallDiskAgent {
  readonly agent: InstalledAgent;
  readonly disk: SmallDisk;
  readonly temporary: string;

  static async install(): Promise<SmallDiskAgent> {
    return new SmallDiskAgent(await installedAgent());
  }

  private constructor(agent: InstalledAgent) {
    this.agent = agent;
    this.disk = smallDisk(agent.dataDir, `size=1m,uid=${otherUser},gid=${otherUser},mode=0700`);
    this.temporary = join(agent.folder, 'tmp');
    mkdirSync(this.temporary);
    for (const folder of [agent.folder, this.temporary]) chownSync(folder, otherUser, otherUser);
  }

  async end(): Promise<void> {
    this.disk.remount('rw');
    chmodSync(this.agent.dataDir, 0o700);
    await this.agent.stop();
    this.disk.unmount();
    await this.agent.end();
  }

  start(): InstalledRun {
    return this.agent.run({ uid: otherUser, environment: { TMPDIR: this.temporary } });
  }

  /** A first run, which creates the history. */
  async earlierRun(): Promise<void> {
    const run = this.start();
    await until(() => this.count('agent-started') === 1, 'the start');
    await this.polls(2);
    await this.stop(run);
    expect(this.count('agent-stopped')).toBe(1);
  }

  async stop(run: InstalledRun): Promise<void> {
    const began = performance.now();
    run.child.kill('SIGTERM');
    expect(await run.ended).toEqual({ status: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(5_000);
  }

  async polls(wanted: number): Promise<void> {
    for (let polled = 0; polled < wanted; polled++) {
      const before = this.#polledAt();
      await until(() => this.#polledAt() !== before, `poll ${polled + 1} of ${wanted}`);
    }
  }

  /** When a poll last ended: by the run record, or by the spare one. */
  #polledAt(): string {
    const spare = join(this.temporary, `psso-monitor-${otherUser}`, 'agent.json');
    const files = [runFilePath(this.agent.dataDir), spare];
    return files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs).join();
  }

  /** Applies refreshed tokens, each seen by a poll. */
  async refresh(times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      const receivedAt = Math.floor(Date.now() / 1000) * 1000;
      this.agent.mac.apply({ psso: { receivedAt, lastLoginAt: receivedAt } });
      await this.polls(2);
    }
  }

  lose(): void {
    this.agent.mac.apply({ psso: { registered: false, userPresent: false } });
  }

  gain(): void {
    this.agent.mac.apply({ psso: { registered: true, userPresent: true } });
  }

  kinds(): string[] {
    return recordedEvents(this.agent.dataDir).map(({ kind }) => kind);
  }

  count(kind: string): number {
    return this.kinds().filter((one) => one === kind).length;
  }

  /**
   * What a run records about itself and the registration. A loaded machine also takes longer from one run to
   * the next than two polls, which is a gap: only one of events that were not written counts.
   */
  milestones(): string[] {
    return recordedEvents(this.agent.dataDir)
      .filter(({ kind, detail }) =>
        kind === 'gap' ? detail.includes('notWritten') : /^agent|^registration|^issue|^store/.test(kind),
      )
      .map(({ kind }) => kind);
  }

  ids(): number[] {
    return recordedEvents(this.agent.dataDir).map(({ id }) => Number(id));
  }

  nothingTwice(): void {
    expect(this.ids()).toEqual([...this.ids()].sort((a, b) => a - b));
    const rows = recordedEvents(this.agent.dataDir).map(({ at, kind, detail }) => `${at} ${kind} ${detail}`);
    expect(rows).toEqual([...new Set(rows)]);
  }
}
