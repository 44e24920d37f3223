import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { minute, toIso } from '../../agent/shared/time.ts';
import { acquireInstanceLock, type HeldLock } from '../../agent/store/instance-lock.ts';
import { previousRun } from '../../agent/store/run-file.ts';
import { start } from './processes/child.ts';
import { noon, temporaryFolder } from './samples.ts';

function acquired(folder: string, now = noon): HeldLock {
  const lock = acquireInstanceLock(folder, now, '1.2.3');
  if (!lock.ok) throw new Error('refused');
  onTestFinished(() => lock.release());
  return lock;
}

describe('the instance lock', () => {
  it('refuses a second process, names the holder, and is free right after kill -9', async () => {
    const folder = temporaryFolder();
    const holder = start('lock-holder.ts', [folder, String(noon), String(noon + 5 * minute)]);
    expect(JSON.parse((await holder.line()) ?? 'null')).toMatchObject({ ok: true, previous: null });
    expect(acquireInstanceLock(folder, noon, '1.2.3')).toEqual({
      ok: false,
      holder: { pid: holder.pid, startedAt: toIso(noon) },
    });

    await holder.kill();
    const crashed = {
      startedAt: noon,
      lastPollAt: noon + 5 * minute,
      cleanStop: false,
      quickDeaths: 0,
      unwritten: null,
    };
    expect(previousRun(folder)).toEqual(crashed);
    expect(acquired(folder, noon + 9 * minute).previous).toEqual(crashed);
    expect(previousRun(folder)).toMatchObject({
      startedAt: noon + 9 * minute,
      cleanStop: false,
      quickDeaths: 1,
    });

    const second = start('lock-holder.ts', [folder, String(noon), String(noon)]);
    expect(JSON.parse((await second.line()) ?? 'null')).toMatchObject({
      ok: false,
      holder: { pid: process.pid },
    });
  });

  it('refuses a second agent in the same process', () => {
    const folder = temporaryFolder();
    const first = acquired(folder);
    expect(acquireInstanceLock(folder, noon, '1.2.3')).toMatchObject({
      ok: false,
      holder: { pid: process.pid },
    });
    first.release();
    acquired(folder);
  });

  it('is separate for each folder', () => {
    acquired(temporaryFolder());
    acquired(temporaryFolder());
  });

  it('refuses without a holder when the holder is unknown', () => {
    const folder = temporaryFolder();
    acquired(folder);
    writeFileSync(join(folder, 'agent.json'), '{"pid": "rubbish"');
    expect(acquireInstanceLock(folder, noon, '1.2.3')).toEqual({ ok: false, holder: null });
  });

  it('replaces a damaged lock file', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'agent.lock'), 'rubbish'.repeat(1000));
    acquired(folder);
    expect(acquireInstanceLock(folder, noon, '1.2.3').ok).toBe(false);
  });

  it('keeps its files private, and leaves no incomplete file', () => {
    const folder = join(temporaryFolder(), 'data');
    acquired(folder).release();
    expect(readdirSync(folder).sort()).toEqual(['agent.json', 'agent.lock']);
    for (const file of ['agent.json', 'agent.lock'])
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('names the reason when it cannot lock', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'agent.lock'));
    expect(() => acquireInstanceLock(folder, noon, '1.2.3')).toThrow(
      expect.objectContaining({ name: 'StoreError', code: 'cannot-open' }),
    );
    rmSync(join(folder, 'agent.lock'), { recursive: true });
    // The run file can't be written: the lock must be released.
    mkdirSync(join(folder, 'agent.json'));
    expect(() => acquireInstanceLock(folder, noon, '1.2.3')).toThrow(
      expect.objectContaining({ name: 'StoreError' }),
    );
    rmSync(join(folder, 'agent.json'), { recursive: true });
    acquired(folder);
  });
});

describe('the run record', () => {
  it('is null before the first run, and when the file is invalid', () => {
    const folder = temporaryFolder();
    expect(previousRun(folder)).toBeNull();
    expect(previousRun(join(folder, 'nowhere'))).toBeNull();
    for (const text of [
      '',
      '{}',
      'rubbish',
      '{"pid":1,"startedAt":"yesterday","version":"","cleanStop":true}',
    ]) {
      writeFileSync(join(folder, 'agent.json'), text);
      expect(previousRun(folder)).toBeNull();
    }
  });

  it('records the end of a poll in milliseconds, without writing data', () => {
    const folder = temporaryFolder();
    const lock = acquired(folder);
    const before = readFileSync(join(folder, 'agent.json'), 'utf8');
    const inode = statSync(join(folder, 'agent.json')).ino;
    lock.beat(noon + 12_345_678);
    expect(previousRun(folder)).toEqual({
      startedAt: noon,
      lastPollAt: noon + 12_345_678,
      cleanStop: false,
      quickDeaths: 0,
      unwritten: null,
    });
    expect(readFileSync(join(folder, 'agent.json'), 'utf8')).toBe(before);
    expect(statSync(join(folder, 'agent.json')).ino).toBe(inode);
  });

  it('is written again by the next heartbeat after it was deleted', () => {
    const folder = temporaryFolder();
    const lock = acquired(folder);
    rmSync(join(folder, 'agent.json'));
    lock.beat(noon + minute);
    expect(previousRun(folder)).toEqual({
      startedAt: noon,
      lastPollAt: noon + minute,
      cleanStop: false,
      quickDeaths: 0,
      unwritten: null,
    });
  });

  it('does not stop the agent when it cannot be written; a later heartbeat writes it', () => {
    const folder = temporaryFolder();
    const lock = acquired(folder);
    // Prevents a new file; the file exists, and its time can be set.
    const partial = join(folder, `agent.json.${process.pid}.partial`);
    mkdirSync(partial);
    lock.wait(noon + minute);
    lock.begin(noon + minute);
    expect(() => lock.beat(noon + 2 * minute)).toThrow(expect.objectContaining({ code: 'cannot-open' }));
    expect(previousRun(folder)).toMatchObject({ startedAt: noon, lastPollAt: noon + 2 * minute });
    rmSync(partial, { recursive: true });
    lock.beat(noon + 3 * minute);
    expect(previousRun(folder)).toMatchObject({ startedAt: noon + minute, lastPollAt: noon + 3 * minute });
    const inode = statSync(join(folder, 'agent.json')).ino;
    lock.beat(noon + 4 * minute);
    expect(statSync(join(folder, 'agent.json')).ino).toBe(inode);
  });

  it('records a clean stop', () => {
    const folder = temporaryFolder();
    const lock = acquired(folder);
    lock.beat(noon + minute);
    lock.release();
    lock.release();
    lock.beat(noon + 2 * minute);
    expect(previousRun(folder)).toEqual({
      startedAt: noon,
      lastPollAt: noon + minute,
      cleanStop: true,
      quickDeaths: 0,
      unwritten: null,
    });
  });

  it('a run without a poll never sets the time of the last poll', () => {
    const folder = temporaryFolder();
    const first = acquired(folder);
    expect(previousRun(folder)?.lastPollAt).toBeNull();
    first.beat(noon + minute);
    first.release();

    const next = acquired(folder, noon + 3 * minute);
    const lastPoll = () => statSync(join(folder, 'agent.json')).mtimeMs;
    expect(lastPoll()).toBe(noon + minute);
    next.wait(noon + 9 * minute);
    next.begin(noon + 9 * minute);
    next.note({ selfRestart: { at: toIso(noon), because: 'a test' } });
    expect(lastPoll()).toBe(noon + minute);
    next.release();
    expect(previousRun(folder)).toMatchObject({ lastPollAt: noon + minute, cleanStop: true });
  });
});
