import { installed, label } from './installed-paths.ts';
import type { LaunchAgent } from './schema.ts';

/**
 * What V8 is told, measured in docs/performance.md. `--disable-sigusr1`: otherwise any process of the same user could open
 * Node's inspector in the agent by a signal. `--expose-gc`: agent/daemon/collect-garbage.ts gives memory back, so that V8's own
 * memory reducer, which wakes every thread some seconds after each poll, is not needed. One thread for V8 is the fewest: 0 would be as many as there are processors.
 * `--bytecode-old-age=1`: what was compiled for the start is given back at the first thorough collection, and not at the sixth.
 * `--preserve-symlinks`: nothing that is installed is a symbolic link, and to look for one Node takes every path apart, for every import.
 */
export const nodeFlags = [
  '--lite-mode',
  '--max-semi-space-size=1',
  '--expose-gc',
  '--no-memory-reducer',
  '--v8-pool-size=1',
  '--bytecode-old-age=1',
  '--disable-sigusr1',
  '--preserve-symlinks',
  '--preserve-symlinks-main',
] as const;

/** The one source of the LaunchAgent; the property list beside this file is written from it. */
export const launchAgent: LaunchAgent = {
  Label: label,
  ProgramArguments: [installed.node, ...nodeFlags, installed.entry, 'run'],
  // A window session of a person: no look at the login window, and none for somebody who came by ssh.
  LimitLoadToSessionType: 'Aqua',
  RunAtLoad: true,
  // Always, and not only after a failure: an agent that ended in order by a signal would stay away until the next login.
  KeepAlive: true,
  // The agent slows down by itself as well (agent/daemon/crash-back-off.ts): launchd would go on at this rate for ever.
  ThrottleInterval: 60,
  ExitTimeOut: 10,
  ProcessType: 'Background',
  LowPriorityIO: true,
  LowPriorityBackgroundIO: true,
  Umask: '077',
  WorkingDirectory: '/',
  EnvironmentVariables: {
    PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
    // Emptied: what a user gives to `launchctl setenv` reaches every agent of the session, and Node obeys these.
    NODE_OPTIONS: '',
    NODE_PATH: '',
    NODE_EXTRA_CA_CERTS: '',
    NODE_V8_COVERAGE: '',
    // One thread reads files; the agent never needs four.
    UV_THREADPOOL_SIZE: '1',
  },
  // No StandardOutPath: launchd opens it before the agent runs, and a path that all users share belongs to the first.
  SoftResourceLimits: { Core: 0, NumberOfFiles: 256 },
  HardResourceLimits: { Core: 0 },
};
