import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'plist';
import { describe, expect, it } from 'vitest';
import { clearedVariables } from '../../launchd/environment.ts';
import { installed, label } from '../../launchd/installed-paths.ts';
import { launchAgent } from '../../launchd/launch-agent.ts';
import { lintLaunchAgent } from '../../launchd/lint.ts';
import { launchAgentPlist } from '../../launchd/property-list.ts';
import { convertedPlist } from '../helpers/converted-plist.ts';

const file = fileURLToPath(new URL(`../../launchd/${label}.plist`, import.meta.url));
const packaged = new Set<string>([installed.node, installed.entry]);
const lint = (agent: unknown, fileName = `${label}.plist`) =>
  lintLaunchAgent(agent, { fileName, inPackage: (path) => packaged.has(path) });

describe('the LaunchAgent', () => {
  it('is written from its source (else: node launchd/write-launch-agent.ts)', () => {
    expect(readFileSync(file, 'utf8')).toBe(launchAgentPlist());
  });

  it('has the content of its source for every reader of property lists', () => {
    expect(parse(readFileSync(file, 'utf8'))).toEqual(launchAgent);
    execFileSync('xmllint', ['--noout', file]);
    expect(parse(convertedPlist(readFileSync(file), 'binary'))).toEqual(launchAgent);
  });

  it('passes its own lint', () => {
    expect(lint(parse(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('starts an absolute program in a window session, at low priority, and restarts it', () => {
    expect(launchAgent).toMatchObject({
      LimitLoadToSessionType: 'Aqua',
      ProcessType: 'Background',
      LowPriorityIO: true,
      LowPriorityBackgroundIO: true,
      KeepAlive: true,
      RunAtLoad: true,
    });
    expect(launchAgent.ProgramArguments[0]).toMatch(/^\//);
    expect(launchAgent.ThrottleInterval).toBeGreaterThanOrEqual(30);
    expect(JSON.stringify(launchAgent)).not.toMatch(/~|\$HOME/);
  });

  it('ignores the Node variables of the session, and opens no inspector', () => {
    for (const name of clearedVariables)
      expect(launchAgent.EnvironmentVariables).toMatchObject({ [name]: '' });
    expect(launchAgent.ProgramArguments).toContain('--disable-sigusr1');
  });
});

describe('lintLaunchAgent', () => {
  const { ThrottleInterval: _, ...unthrottled } = launchAgent;
  it.each<[string, unknown, RegExp]>([
    ['a key that launchd would ignore', { ...launchAgent, KeepAliv: true }, /KeepAliv/],
    ['an integer umask, which launchd takes as decimal', { ...launchAgent, Umask: 77 }, /Umask/],
    ['a throttle that launchd ignores', { ...launchAgent, ThrottleInterval: 5 }, /ThrottleInterval/],
    ['no limit on ending', { ...launchAgent, ExitTimeOut: 0 }, /ExitTimeOut/],
    ['a home folder', { ...launchAgent, WorkingDirectory: '~/Library' }, /WorkingDirectory/],
    ['another home folder', { ...launchAgent, ProgramArguments: ['/bin/sh', '$HOME/x'] }, /ProgramArguments/],
    ['a program by its name', { ...launchAgent, ProgramArguments: ['node', 'run'] }, /absolute/],
    [
      'a program that is not in the package',
      { ...launchAgent, ProgramArguments: ['/usr/local/bin/node'] },
      /not in the package/,
    ],
    ['no program', { ...launchAgent, ProgramArguments: [] }, /ProgramArguments/],
    ['a shared log', { ...launchAgent, StandardOutPath: '/tmp/agent.log' }, /one path for all users/],
    ['a value that is no text', { ...launchAgent, EnvironmentVariables: { A: 1 } }, /EnvironmentVariables/],
    ['a writable folder in PATH', { ...launchAgent, EnvironmentVariables: { PATH: '/opt/x/bin' } }, /PATH/],
    ['a variable of the session', { ...launchAgent, EnvironmentVariables: { PATH: '/bin' } }, /OPENSSL_CONF/],
    ['an unthrottled loop', unthrottled, /ThrottleInterval/],
    ['not a dictionary', 'no', /the file/],
  ])('names %s', (_what, agent, said) => {
    expect(lint(agent).join('\n')).toMatch(said);
  });

  it('requires the label as the name of the file', () => {
    expect(lint(launchAgent, 'agent.plist').join()).toMatch(/must be called/);
  });
});
