import { clearedVariables, systemPath } from './environment.ts';
import { bundle, installed, label } from './installed-paths.ts';
import type { LaunchAgent } from './schema.ts';

/**
 * Node's options; docs/performance.md has the measurements.
 *
 * - `--disable-sigusr1`: otherwise any process of the same user could open Node's inspector by a signal.
 * - `--expose-gc`: agent/daemon/collect-garbage.ts frees memory. `--no-memory-reducer`: V8's own reducer is
 *   then not needed, and would wake every thread some seconds after each poll.
 * - `--v8-pool-size=1`: the fewest threads; 0 means one for each processor. `--single-threaded-gc`: each
 *   thread that collects garbage would hold memory of its own.
 * - `--double-string-cache-size=512`: V8 would keep the texts of 4096 numbers that are no small integers.
 * - `--managed-zone-memory`: V8 takes the memory for parsing from the system and returns it there. malloc
 *   would keep it. `--memory-pool-timeout=0`: it returns it at once. After 8 seconds, as by default, it would
 *   wake the process for that.
 * - `--bytecode-old-age=1`: the first thorough collection frees the code of the start, not the sixth.
 * - `--preserve-symlinks`: no installed file is a symbolic link. Otherwise Node checks every part of every
 *   imported path for one.
 */
export const nodeFlags = [
  '--lite-mode',
  '--max-semi-space-size=1',
  '--expose-gc',
  '--no-memory-reducer',
  '--v8-pool-size=1',
  '--single-threaded-gc',
  '--double-string-cache-size=512',
  '--managed-zone-memory',
  '--memory-pool-timeout=0',
  '--bytecode-old-age=1',
  '--disable-sigusr1',
  '--preserve-symlinks',
  '--preserve-symlinks-main',
] as const;

/** The source of the property list beside this file; `write-launch-agent.ts` writes it. */
export const launchAgent: LaunchAgent = {
  Label: label,
  ProgramArguments: [installed.node, ...nodeFlags, installed.entry, 'run'],
  // Window sessions of users only: no agent at the login window, and none in an ssh session.
  LimitLoadToSessionType: 'Aqua',
  RunAtLoad: true,
  // Not only after a failure: after a clean stop by a signal there would be no agent until the next login.
  KeepAlive: true,
  // launchd keeps this rate forever. agent/daemon/crash-back-off.ts waits longer after several quick deaths.
  ThrottleInterval: 60,
  ExitTimeOut: 10,
  ProcessType: 'Background',
  LowPriorityIO: true,
  LowPriorityBackgroundIO: true,
  Umask: '077',
  WorkingDirectory: '/',
  EnvironmentVariables: {
    PATH: systemPath,
    ...Object.fromEntries(clearedVariables.map((name) => [name, ''])),
    // Threads that read files; the default is four.
    UV_THREADPOOL_SIZE: '1',
  },
  // No StandardOutPath: launchd creates the file as the first user, and no other user could write it.
  SoftResourceLimits: { Core: 0, NumberOfFiles: 256 },
  HardResourceLimits: { Core: 0 },
};

/**
 * The LaunchAgent of a package that is signed with a Developer ID. Login Items shows name and icon of the
 * associated bundle, when both have the same team.
 */
export const ownLaunchAgent: LaunchAgent = {
  ...launchAgent,
  AssociatedBundleIdentifiers: [bundle.identifier],
  ProgramArguments: [bundle.node, ...launchAgent.ProgramArguments.slice(1)],
};
