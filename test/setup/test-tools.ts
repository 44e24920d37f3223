import { spawnSync } from 'node:child_process';

const tools = [
  'bsdtar',
  '7zz',
  'cpio',
  'gzip',
  'xz',
  'ruby',
  'file',
  'openssl',
  'plistutil',
  'xmllint',
  'shellcheck',
  'dash',
  'sqlite3',
  'chromium-headless-shell',
  'bash',
  'posh',
  'zsh',
  'fish',
  'mandoc',
  'faketime',
  'strace',
  'curl',
  'nginx',
  'rsyslogd',
];

/** Prints one line at the start instead of a hundred failures with ENOENT. */
export function checkTools(): void {
  const missing = tools.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  if (missing.length === 0) return;
  if (process.platform === 'darwin')
    console.log(`Not on this Mac: ${missing.join(', ')}. Tests that need one are skipped, and counted.`);
  else
    throw new Error(
      `The tests need ${missing.join(', ')}. On Debian: npm run tools (scripts/install-test-tools.sh).`,
    );
}
