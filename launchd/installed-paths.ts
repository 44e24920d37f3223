/** The paths of the installed files: a contract (docs/contracts.md). */
export const installed = {
  folder: '/Library/Application Support/PSSO Monitor',
  node: '/Library/Application Support/PSSO Monitor/bin/node',
  command: '/Library/Application Support/PSSO Monitor/bin/psso-monitor',
  entry: '/Library/Application Support/PSSO Monitor/lib/psso-monitor.mjs',
  launchAgent: '/Library/LaunchAgents/io.github.psso-monitor.agent.plist',
  manPage: '/Library/Application Support/PSSO Monitor/share/man/man1/psso-monitor.1',
  link: '/usr/local/bin/psso-monitor',
  manLink: '/usr/local/share/man/man1/psso-monitor.1',
} as const;

export const label = 'io.github.psso-monitor.agent';

/**
 * Of a package that is signed with a Developer ID: Node is the program of this bundle, and there is no
 * `bin/node`.
 */
export const bundle = {
  name: 'PSSO Monitor.app',
  program: 'Contents/MacOS/PSSO Monitor',
  node: '/Library/Application Support/PSSO Monitor/PSSO Monitor.app/Contents/MacOS/PSSO Monitor',
  /** The label, since Login Items groups the agent with its bundle by both. */
  identifier: label,
} as const;

export const packageIdentifier = 'io.github.psso-monitor.pkg';
