import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { commands } from '../../agent/mac/commands.ts';
import { SystemRunner, type SystemRunnerOptions } from '../../agent/mac/system-runner.ts';
import { start } from '../helpers/cli.ts';
import { installFile, installScript, temporarySysroot } from './temporary-sysroot.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function pidIn(file: string): Promise<number> {
  return await vi.waitFor(async () => {
    const pid = Number((await readFile(file, 'utf8')).trim());
    if (!(pid > 0)) throw new Error('no pid yet');
    return pid;
  }, 10_000);
}

function runnerFor(sysroot: string, options: Partial<SystemRunnerOptions> = {}) {
  return new SystemRunner({ sysroot, home: '/Users/alex', user: 'alex', ...options });
}

async function macWith(script: string, options: Partial<SystemRunnerOptions> = {}) {
  const sysroot = await temporarySysroot();
  await installScript(sysroot, commands.appSso, script);
  return { sysroot, runner: runnerFor(sysroot, options) };
}

describe('what a command answers', () => {
  it('is its output, apart from its error output', async () => {
    const { runner } = await macWith('printf "%s|" "$@"; echo "grüße" >&2');
    expect(await runner.run('appSso', ['platform', '-s', 'a b', '$(id)', "'"])).toEqual({
      kind: 'exited',
      status: 0,
      stdout: "platform|-s|a b|$(id)|'|",
      stderr: 'grüße\n',
    });
  });

  it('is its exit status, with what it printed before', async () => {
    const { runner } = await macWith('echo partly; exit 3');
    expect(await runner.run('appSso', [])).toEqual({
      kind: 'exited',
      status: 3,
      stdout: 'partly\n',
      stderr: '',
    });
  });

  it('is the signal that ended it', async () => {
    const { runner } = await macWith('kill -SEGV $$');
    expect(await runner.run('appSso', [])).toEqual({ kind: 'signalled', signal: 'SIGSEGV' });
  });

  it('is complete when its end arrives late', async () => {
    const { runner } = await macWith(
      'i=0; while [ $i -lt 20000 ]; do echo "line $i of the output"; i=$((i+1)); done',
    );
    const outcome = await runner.run('appSso', []);
    expect(outcome.kind === 'exited' && outcome.stdout.endsWith('line 19999 of the output\n')).toBe(true);
  });
});

describe('what a command is given', () => {
  it('is a minimal environment, no standard input and the root folder', async () => {
    const name = 'NODE_OPTIONS';
    vi.stubEnv(name, '--no-warnings');
    const { runner } = await macWith('env; pwd; cat; echo end');
    const outcome = await runner.run('appSso', []);
    vi.unstubAllEnvs();
    const lines = outcome.kind === 'exited' ? outcome.stdout.trim().split('\n') : [];
    // A shell adds these by itself.
    const environment = lines.filter((line) => !/^(PWD|OLDPWD|SHLVL|_)=/.test(line));
    expect(environment.sort()).toEqual(
      [
        '/',
        'HOME=/Users/alex',
        'LANG=en_US.UTF-8',
        'LOGNAME=alex',
        'PATH=/usr/bin:/bin:/usr/sbin:/sbin',
        'USER=alex',
        'end',
      ].sort(),
    );
  });
});

describe('a command that can not be run', () => {
  it('is missing when it or its folder is not there', async () => {
    const sysroot = await temporarySysroot();
    const runner = runnerFor(sysroot);
    expect(await runner.run('appSso', [])).toEqual({ kind: 'missing' });
    await installFile(sysroot, '/usr/sbin', 'a file where a folder should be');
    expect(await runner.run('ioreg', [])).toEqual({ kind: 'missing' });
  });

  it('is denied when it is not executable, or is no file', async () => {
    const sysroot = await temporarySysroot();
    const runner = runnerFor(sysroot);
    await installFile(sysroot, commands.appSso, '#!/bin/sh\necho no\n', 0o644);
    await mkdir(join(sysroot, commands.dscl), { recursive: true });
    expect(await runner.run('appSso', [])).toEqual({ kind: 'denied' });
    expect(await runner.run('dscl', [])).toEqual({ kind: 'denied' });
  });

  it('is refused arguments that no command can be given, and may be run again', async () => {
    const { runner } = await macWith('echo fine');
    expect(await runner.run('appSso', ['a\0b'])).toEqual({ kind: 'denied' });
    expect(await runner.run('appSso', [])).toMatchObject({ kind: 'exited', stdout: 'fine\n' });
  });
});

describe('a command that does not end', () => {
  it('gets SIGTERM, and is killed when it does not end', async () => {
    const { sysroot, runner } = await macWith(
      'trap "" TERM; echo $$ > "$0.pid"; while :; do sleep 0.1; done',
      {
        timeoutMs: 300,
        killAfterMs: 100,
      },
    );
    expect(await runner.run('appSso', [])).toEqual({ kind: 'timeout' });
    expect(isAlive(await pidIn(join(sysroot, `${commands.appSso}.pid`)))).toBe(false);
  });

  it('has timed out also when it ends well after all', async () => {
    const { runner } = await macWith('trap "echo late; exit 0" TERM; while :; do sleep 0.05; done', {
      timeoutMs: 300,
    });
    expect(await runner.run('appSso', [])).toEqual({ kind: 'timeout' });
  });

  it('does not hold up the others', async () => {
    const { sysroot, runner } = await macWith('exec sleep 600', { timeoutMs: 60_000 });
    await installScript(sysroot, commands.dscl, 'echo quick');
    const hanging = runner.run('appSso', []);
    expect(await runner.run('dscl', [])).toMatchObject({ kind: 'exited', stdout: 'quick\n' });
    runner.stopAll();
    expect(await hanging).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
  });

  it('is busy until it has ended, and then is not', async () => {
    const { sysroot, runner } = await macWith(
      '[ "$1" = wait ] || { echo again; exit; }; while [ ! -e "$0.go" ]; do sleep 0.02; done',
    );
    const first = runner.run('appSso', ['wait']);
    expect(await runner.run('appSso', [])).toEqual({ kind: 'busy' });
    await installFile(sysroot, `${commands.appSso}.go`, '');
    expect(await first).toMatchObject({ kind: 'exited', status: 0 });
    expect(await runner.run('appSso', [])).toMatchObject({ kind: 'exited', stdout: 'again\n' });
  });

  // The child ignores SIGTERM, so only the end of the whole group ends it.
  const withChild = (then: string) =>
    `(trap "" TERM; while :; do sleep 0.1; done) & echo $! > "$0.child"; ${then}`;
  const childOf = (sysroot: string) => pidIn(join(sysroot, `${commands.appSso}.child`));

  it.each([
    ['waits for it', 'wait'],
    ['ends at SIGTERM before it', 'trap "exit 0" TERM; while :; do sleep 0.05; done'],
    ['ignores SIGTERM too', 'trap "" TERM; while :; do sleep 0.1; done'],
  ])('takes its child along when it times out and %s', async (_, then) => {
    const { sysroot, runner } = await macWith(withChild(then), { timeoutMs: 400, killAfterMs: 100 });
    expect(await runner.run('appSso', [])).toEqual({ kind: 'timeout' });
    const child = await childOf(sysroot);
    await vi.waitFor(() => expect(isAlive(child)).toBe(false), 10_000);
  });

  it('takes its child along when it prints too much', async () => {
    const { sysroot, runner } = await macWith(withChild('while :; do echo much too much; done'), {
      limitBytes: 4096,
    });
    expect(await runner.run('appSso', [])).toEqual({ kind: 'tooMuchOutput' });
    const child = await childOf(sysroot);
    await vi.waitFor(() => expect(isAlive(child)).toBe(false), 10_000);
  });

  it('takes its child along when the runner is closed', async () => {
    const { sysroot, runner } = await macWith(withChild('wait'), { timeoutMs: 60_000 });
    const running = runner.run('appSso', []);
    const child = await childOf(sysroot);
    runner.stopAll();
    expect(await running).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
    await vi.waitFor(() => expect(isAlive(child)).toBe(false), 10_000);
  });

  it('ends with its process, also when a child keeps its output open', async () => {
    const { sysroot, runner } = await macWith('sleep 600 & echo $! > "$0.child"; echo done', {
      timeoutMs: 60_000,
    });
    expect(await runner.run('appSso', [])).toMatchObject({ kind: 'exited', status: 0, stdout: 'done\n' });
    const child = await pidIn(join(sysroot, `${commands.appSso}.child`));
    expect(isAlive(child)).toBe(true);
    process.kill(child, 'SIGKILL');
  });
});

describe('a command that prints too much', () => {
  it('is stopped at the limit', async () => {
    const { runner } = await macWith('head -c 5000000 /dev/zero; echo > "$0.finished"');
    expect(await runner.run('appSso', [])).toEqual({ kind: 'tooMuchOutput' });
  });

  it('is stopped for endless error output too', async () => {
    const { sysroot, runner } = await macWith(
      'echo $$ > "$0.pid"; while :; do echo much too much >&2; done',
      { limitBytes: 4096 },
    );
    expect(await runner.run('appSso', [])).toEqual({ kind: 'tooMuchOutput' });
    const pid = await pidIn(join(sysroot, `${commands.appSso}.pid`));
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
  });

  it('may print up to the limit', async () => {
    const { runner } = await macWith('printf 12345678', { limitBytes: 8 });
    expect(await runner.run('appSso', [])).toMatchObject({ kind: 'exited', stdout: '12345678' });
  });
});

it('stops all that runs, at once, and starts nothing any more', async () => {
  const { sysroot, runner } = await macWith('trap "" TERM; echo $$ > "$0.pid"; while :; do sleep 0.1; done');
  await installScript(sysroot, commands.dscl, 'touch "$0.ran"');
  const running = runner.run('appSso', []);
  const pid = await pidIn(join(sysroot, `${commands.appSso}.pid`));
  runner.stopAll();
  expect(await running).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
  expect(await runner.run('dscl', [])).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
  await expect(access(join(sysroot, `${commands.dscl}.ran`))).rejects.toThrow();
});

it('takes the children of a hanging command along when Ctrl-C ends doctor', async () => {
  const { sysroot } = await macWith('sleep 600 & echo $! > "$0.child"; wait');
  const { child, ended } = start(['doctor', '--sysroot', sysroot, '--data-dir', join(sysroot, 'data')]);
  const hanging = await pidIn(join(sysroot, `${commands.appSso}.child`));
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ signal: 'SIGINT' });
  await vi.waitFor(() => expect(isAlive(hanging)).toBe(false), 10_000);
});
