import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBinary } from 'plist';
import { toIso } from '../../agent/shared/time.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import type { ValidationOutput } from '../../agent/validation/validation-output.ts';
import { cli, entry, type Ran, type Running, start } from '../helpers/cli.ts';
import { readHistory } from '../helpers/read-history.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { until } from '../helpers/until.ts';

/** A simulated Mac with the real agent and the real command, each in a process of its own. */
export interface WalkedMac {
  readonly dataDir: string;
  /** Changes the Mac, with a scenario's keys. */
  readonly apply: (change: Readonly<Record<string, unknown>>) => void;
  /** Records a history that ends a minute ago, before the agent starts. `at` counts from its begin. */
  readonly record: (length: { hours: number }, lines: readonly object[]) => Promise<void>;
  /** Settings from MDM. */
  readonly manage: (settings: Readonly<Record<string, string>>) => void;
  /** Starts it, and waits for its first poll. */
  readonly startAgent: () => Promise<Running>;
  readonly validate: (...args: string[]) => Ran;
  readonly judge: (...args: string[]) => Judged;
  /** Starts a walk that waits. */
  readonly walk: (...args: string[]) => Walk;
  readonly events: () => { kind: string; issue: string }[];
  readonly isOpen: (issue: string) => boolean;
  readonly end: () => Promise<void>;
}

export interface Judged {
  readonly output: ValidationOutput;
  readonly status: number | null;
  readonly results: Readonly<Record<string, string>>;
}

interface Walk {
  readonly printed: () => string;
  /** Until it has printed this text. */
  readonly until: (text: string) => Promise<void>;
  readonly leave: () => void;
  readonly ended: Promise<number | null>;
}

export function walkedMac(): WalkedMac {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-walk-'));
  const dataDir = join(folder, 'data');
  const sysroot = join(folder, 'Mac');
  const mac = installSysroot(sysroot);
  const place = ['--sysroot', sysroot, '--data-dir', dataDir];
  const running: Running['child'][] = [];
  const validate = (...args: string[]) => cli(['validate', ...args, ...place]);
  return {
    dataDir,
    apply: (change) => mac.apply(change),
    async record({ hours }, lines) {
      const first = {
        scenario: 'before',
        macos: '15.6',
        user: 'alex',
        start: toIso(Date.now() - hours * 3_600_000 - 60_000),
      };
      const all = [first, ...lines, { at: `+${hours}h`, end: true }];
      const text = all.map((line) => JSON.stringify(line)).join('\n');
      await replay(parseScenario(text), { dataDir });
    },
    manage(settings) {
      const folder = join(sysroot, 'Library/Managed Preferences');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'io.github.psso-monitor.plist'), buildBinary(settings));
    },
    async startAgent() {
      const agent = start(['run', '--every', '1', ...place]);
      running.push(agent.child);
      const file = join(dataDir, 'agent.json');
      const polledAt = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      const isOurs = () => polledAt() > 0 && JSON.parse(readFileSync(file, 'utf8')).pid === agent.child.pid;
      await until(isOurs, 'the agent');
      const begun = polledAt();
      await until(() => polledAt() > begun && polledAt() > Date.now() - 60_000, 'the first poll');
      return agent;
    },
    validate,
    judge(...args) {
      const { stdout, stderr, status } = validate('--json', ...args);
      if (stdout === '') throw new Error(stderr);
      const output: ValidationOutput = JSON.parse(stdout);
      return {
        output,
        status,
        results: Object.fromEntries(output.steps.map(({ id, result }) => [id, result])),
      };
    },
    walk(...args) {
      const child = spawn(process.execPath, [entry, 'validate', ...args, ...place], {
        env: { ...process.env, NO_COLOR: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.push(child);
      let printed = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          printed += text;
        });
      const ended = new Promise<number | null>((resolve) => {
        child.once('close', (status) => resolve(status));
      });
      return {
        printed: () => printed,
        until: (text) => until(() => printed.includes(text), `"${text}"`),
        leave: () => child.kill('SIGINT'),
        ended,
      };
    },
    events: () => recordedEvents(dataDir),
    isOpen: (issue) =>
      readHistory(
        dataDir,
        (reader) => reader.issues().some((row) => row.issue === issue && row.status === 'open'),
        false,
      ),
    async end() {
      for (const child of running) {
        const closed =
          child.exitCode !== null || child.signalCode !== null
            ? Promise.resolve()
            : new Promise<void>((resolve) => child.once('close', () => resolve()));
        child.kill('SIGKILL');
        await closed;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
