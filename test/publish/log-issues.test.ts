import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MacChange } from '../../agent/mac/simulated/model.ts';
import { SystemRunner } from '../../agent/mac/system-runner.ts';
import { logIssues } from '../../agent/publish/log-issues.ts';
import { newEvent } from '../../agent/shared/event.ts';
import { installSysroot, type Sysroot } from '../../agent/simulation/sysroot.ts';
import { start } from '../helpers/cli.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { recordedState } from '../helpers/recorded-state.ts';
import { until } from '../helpers/until.ts';

let folder: string;
let mac: Sysroot;
const sysroot = () => join(folder, 'mac');
const runner = () => new SystemRunner({ sysroot: sysroot(), home: folder, user: 'jo' });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-log-issues-'));
  mac = installSysroot(sysroot());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a program into the Mac that writes its arguments down, one call a line. */
function install(name: 'log' | 'logger', status: number): void {
  const file = join(sysroot(), 'usr/bin', name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n(IFS='|'; echo "$*") >>'${join(folder, name)}'\nexit ${status}\n`);
  chmodSync(file, 0o755);
}

const callsOf = (name: 'log' | 'logger') =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trimEnd().split('\n') : [];

describe('issues in the unified log', () => {
  const opened = newEvent(0, 'issue-opened', 'high', `Sign-in “fails”.\n${'x'.repeat(2_000)}`, {
    issue: 'registration-needs-repair',
  });
  const others = [newEvent(0, 'gap', 'info', 'A gap.'), newEvent(0, 'issue-updated', 'low', 'More.')];

  test('go there by log emit, with the subsystem, within the size of a record', async () => {
    install('log', 0);
    install('logger', 0);
    expect(await logIssues(runner(), [...others, opened])).toBe(null);
    const [call = '', ...more] = callsOf('log');
    expect(more).toEqual([]);
    expect(call).toMatch(
      /^emit\|--subsystem\|io\.github\.psso-monitor\|--category\|issues\|--type\|default\|--public\|issue-opened registration-needs-repair high: Sign-in “fails”\. x/,
    );
    expect(Buffer.byteLength(call)).toBeLessThan(1_024);
    expect(callsOf('logger')).toEqual([]);
  });

  test('go there by logger where log has no emit, and the text begins with the name', async () => {
    install('log', 64);
    install('logger', 0);
    expect(await logIssues(runner(), [opened])).toBe(null);
    expect(callsOf('logger')).toEqual([
      expect.stringMatching(
        /^-p\|user\.notice\|--\|psso-monitor: issue-opened registration-needs-repair high: /,
      ),
    ]);
  });

  test('name both programs when neither takes them', async () => {
    install('log', 64);
    expect(await logIssues(runner(), [opened])).toBe('log (exit status 64), logger (missing)');
  });

  test('only while the setting is there', async () => {
    const set = (enabled: boolean, psso: NonNullable<MacChange['psso']>) => {
      mac = installSysroot(sysroot(), { state: { ...mac.state, settings: { UnifiedLogIssues: enabled } } });
      install('log', 0);
      install('logger', 0);
      mac.apply({ psso });
    };
    const dataDir = join(folder, 'data');
    const seen = (kind: string) => recordedEvents(dataDir).some((event) => event.kind === kind);
    set(true, { registered: true });
    const { child, ended } = start(['run', '--every', '1', '--sysroot', sysroot(), '--data-dir', dataDir]);
    await until(() => recordedState(dataDir, 'headline') === 'ok', 'the first poll');
    set(true, { registered: false, userPresent: false });
    await until(() => callsOf('log').length > 0, 'the line');
    expect(callsOf('log')).toEqual([expect.stringMatching(/\|--public\|issue-opened [a-z-]+ high: /)]);
    set(false, { registered: true, userPresent: true });
    await until(() => seen('issue-resolved'), 'issue-resolved');
    child.kill('SIGTERM');
    await ended;
    expect(callsOf('log')).toHaveLength(1);
  });
});
