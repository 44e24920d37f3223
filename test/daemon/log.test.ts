import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AgentLog, createLog } from '../../agent/daemon/log.ts';
import { skipTest } from '../helpers/needs.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor log '));
  file = join(folder, 'Logs', 'PSSO Monitor', 'agent.log');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A log, and the reasons of its write failures. */
function openLog(options: { rotateAtBytes?: number; level?: string } = {}): {
  log: AgentLog;
  problems: string[];
} {
  const problems: string[] = [];
  const log = createLog({ file, level: 'info', ...options, onProblem: (why) => problems.push(why) });
  return { log, problems };
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function linesOf(path: string): Record<string, unknown>[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the log', () => {
  test('is NDJSON, written when the call returns, with the level in words and the time in UTC', () => {
    const { log, problems } = openLog();
    log.info({ deletedEvents: 3 }, 'Deleted events.');
    log.error({ err: new Error('It broke', { cause: new Error('of this') }) }, 'A poll failed.');
    expect(problems).toEqual([]);
    const [first, second, ...more] = linesOf(file);
    expect(first).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      deletedEvents: 3,
      msg: 'Deleted events.',
    });
    expect(second).toMatchObject({ level: 'error', msg: 'A poll failed.' });
    expect(second?.err).toMatchObject({ type: 'Error', message: 'It broke: of this' });
    expect(second?.err).toHaveProperty('stack', expect.stringMatching(/^Error: It broke\n.*log\.test\.ts/s));
    expect(more).toEqual([]);
  });

  test('is readable by its user only, for any umask and any creator of the file', () => {
    const umask = process.umask(0);
    try {
      openLog().log.info({}, 'one');
    } finally {
      process.umask(umask);
    }
    expect(modeOf(file)).toBe('600');
    expect(modeOf(dirname(file))).toBe('700');
    chmodSync(file, 0o644);
    openLog().log.info({}, 'two');
    expect(modeOf(file)).toBe('600');
    expect(linesOf(file).map((line) => line.msg)).toEqual(['one', 'two']);
  });

  test('lets no outside text forge a line or move the cursor of a terminal', () => {
    const { log } = openLog();
    const unsafe = 'a\n{"level":"error","msg":"forged"}\u001b[2J\u009b2J\u007f\u202e\u2028b';
    log.info({ text: unsafe, deep: { list: [unsafe] }, err: new Error(unsafe), [unsafe]: 1 }, unsafe);
    const written = readFileSync(file, 'utf8');
    expect(written.split('\n').length).toBe(2);
    expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
    const [line] = linesOf(file);
    expect(line?.msg).toBe('a {"level":"error","msg":"forged"}[2J2J b');
    expect(line?.deep).toEqual({ list: [line?.msg] });
  });

  test('cuts a text that is too long, and stays JSON', () => {
    const { log } = openLog();
    const long = 'é'.repeat(200_000);
    log.warn({ long, err: new Error(long) }, long);
    const [line] = linesOf(file);
    expect(line?.long).toBe(`${'é'.repeat(4095)}…`);
    expect(line?.msg).toBe(`${'é'.repeat(4095)}…`);
    expect(statSync(file).size).toBeLessThan(100_000);
  });

  test('accepts a circular value', () => {
    const { log } = openLog();
    const ring: Record<string, unknown> = {};
    ring.ring = ring;
    log.info({ ring }, 'Round and round.');
    expect(linesOf(file)[0]).toMatchObject({ msg: 'Round and round.' });
  });
});

describe('rotation', () => {
  const line = 'x'.repeat(150);

  test('keeps three files of a bounded size, the newest lines in agent.log, and no line in two', () => {
    const { log } = openLog({ rotateAtBytes: 1000 });
    for (let number = 0; number < 40; number++) log.info({ number }, line);
    const files = [`${file}.2`, `${file}.1`, file];
    const numbers = files.flatMap((one) => linesOf(one).map((written) => written.number));
    expect(numbers.length).toBeGreaterThan(6);
    expect(numbers).toEqual(Array.from(numbers, (_, index) => 40 - numbers.length + index));
    for (const one of files) {
      expect(statSync(one).size).toBeLessThanOrEqual(1000);
      expect(modeOf(one)).toBe('600');
    }
    expect(existsSync(`${file}.3`)).toBe(false);
  });

  test('counts what an earlier run wrote', () => {
    openLog({ rotateAtBytes: 1000 });
    writeFileSync(file, `${'{}\n'.repeat(330)}`);
    openLog({ rotateAtBytes: 1000 }).log.info({}, line);
    expect(linesOf(file).length).toBe(1);
    expect(linesOf(`${file}.1`).length).toBe(330);
  });

  test('still writes a line that is larger than a file', () => {
    const { log } = openLog({ rotateAtBytes: 50 });
    log.info({}, line);
    log.info({}, line);
    expect(linesOf(file).length).toBe(1);
    expect(linesOf(`${file}.1`).length).toBe(1);
  });
});

describe('without a log', () => {
  test('the agent continues, and reports why', () => {
    writeFileSync(join(folder, 'Logs'), 'a file where the folder should be');
    const { log, problems } = openLog();
    log.error({}, 'This line is lost.');
    expect(problems).toEqual([expect.stringMatching(/EEXIST|ENOTDIR/)]);
  });

  test('a folder or a FIFO in the place of the log is refused, and reported once', () => {
    for (const [make, why] of [
      [() => mkdirSync(file, { recursive: true }), /EISDIR/],
      [() => execFileSync('mkfifo', [file]), /ENXIO/],
    ] as const) {
      mkdirSync(dirname(file), { recursive: true });
      make();
      const { log, problems } = openLog();
      log.info({}, 'lost');
      log.info({}, 'lost too');
      expect(problems).toEqual([expect.stringMatching(why)]);
      rmSync(file, { recursive: true });
    }
  });

  test('the log is opened as soon as possible, and states how many lines are missing', () => {
    mkdirSync(file, { recursive: true });
    const { log, problems } = openLog();
    log.info({}, 'lost');
    log.info({}, 'lost too');
    rmSync(file, { recursive: true });
    log.info({}, 'kept');
    rmSync(file);
    mkdirSync(file);
    log.info({}, 'lost again');
    expect(problems.length).toBe(2);
    rmSync(file, { recursive: true });
    log.info({}, 'kept again');
    expect(linesOf(file).map(({ level, msg, lostLines }) => [level, msg, lostLines])).toEqual([
      ['info', 'kept again', undefined],
      ['warn', 'The log could not be written for a while; lines are missing.', 1],
    ]);
  });

  test('only the line that cannot be written is lost', () => {
    const { log } = openLog();
    const logs = join(folder, 'Logs');
    rmSync(logs, { recursive: true });
    writeFileSync(logs, 'a file where the folder was');
    log.info({}, 'lost');
    rmSync(logs);
    log.info({}, 'kept');
    expect(linesOf(file).map((line) => line.msg)).toEqual([
      'kept',
      expect.stringContaining('lines are missing'),
    ]);
  });

  /** Otherwise root would write to any file that a link names, and take other users' access from it. */
  test('root follows no link, neither at the start nor later', () => {
    if (process.getuid?.() !== 0) skipTest('needs root');
    const target = join(folder, 'of another user');
    writeFileSync(target, 'unchanged', { mode: 0o644 });
    mkdirSync(dirname(file), { recursive: true });
    symlinkSync(target, file);
    const { log, problems } = openLog();
    expect(problems).toEqual([expect.stringMatching(/ELOOP/)]);
    log.error({}, 'This line is lost.');
    rmSync(file);
    const later = openLog().log;
    rmSync(file);
    symlinkSync(target, file);
    later.error({}, 'lost');
    expect([readFileSync(target, 'utf8'), modeOf(target)]).toEqual(['unchanged', '644']);
    rmSync(file);
    later.error({}, 'kept');
    expect(linesOf(file)[0]?.msg).toBe('kept');
  });

  test('a deleted log is created again, with its folder', () => {
    const { log } = openLog();
    log.info({}, 'one');
    rmSync(join(folder, 'Logs'), { recursive: true });
    log.info({}, 'two');
    expect(linesOf(file).map((line) => line.msg)).toEqual(['two']);
    expect(modeOf(dirname(file))).toBe('700');
  });
});
