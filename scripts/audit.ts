import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeAudit } from './audit/judge-audit.ts';

// npm run audit: asks the registry for advisories about every package of the lockfiles. Exit status 1: there
// are some. A registry that does not answer is reported, and is no failure of this project.

const root = fileURLToPath(new URL('..', import.meta.url));
/** The website and ClickHouse have lockfiles of their own. They run where pages are built and tests run. */
const projects = [
  { what: 'audit', folder: root },
  { what: 'audit of site/', folder: join(root, 'site') },
  { what: 'audit of test/clickhouse/', folder: join(root, 'test/clickhouse') },
];
for (const { what, folder } of projects) {
  const options = ['--json', '--package-lock-only', '--fetch-retries=0', '--fetch-timeout=30000'];
  const ran = spawnSync('npm', ['audit', ...options], { cwd: folder, encoding: 'utf8' });
  const { advisories, notAnswered } = judgeAudit(ran.stdout ?? '', ran.error?.message ?? ran.stderr);
  if (notAnswered !== null) console.log(`${what}: not answered: ${notAnswered}`);
  else if (advisories.length === 0) console.log(`${what}: no advisory about a package of the lockfile`);
  else for (const line of advisories) console.log(`${what}: ${line}`);
  if (advisories.length > 0) process.exitCode = 1;
}
