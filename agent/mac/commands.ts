/**
 * The only executables the product ever starts, by absolute path. With `--sysroot DIR` they are looked up
 * below DIR. After kolide/launcher's ee/allowedcmd: a command that is not listed can't be run.
 */
export const commands = {
  appSso: '/usr/bin/app-sso',
  dscl: '/usr/bin/dscl',
  pwpolicy: '/usr/bin/pwpolicy',
  ioreg: '/usr/sbin/ioreg',
  sysctl: '/usr/sbin/sysctl',
  swVers: '/usr/bin/sw_vers',
  scutil: '/usr/sbin/scutil',
  profiles: '/usr/bin/profiles',
  security: '/usr/bin/security',
  pluginkit: '/usr/bin/pluginkit',
  fdesetup: '/usr/bin/fdesetup',
  csrutil: '/usr/bin/csrutil',
  bioutil: '/usr/bin/bioutil',
  scAuth: '/usr/sbin/sc_auth',
  /** This product's own command line, as the package installs it. */
  pssoMonitor: '/Library/Application Support/PSSO Monitor/bin/psso-monitor',
  log: '/usr/bin/log',
  logger: '/usr/bin/logger',
  launchctl: '/bin/launchctl',
  open: '/usr/bin/open',
  osascript: '/usr/bin/osascript',
  dialog: '/usr/local/bin/dialog',
  ibmNotifier: '/Applications/IBM Notifier.app/Contents/MacOS/IBM Notifier',
} as const;
export type CommandName = keyof typeof commands;
