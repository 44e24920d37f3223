import { spawnSync } from 'node:child_process';
import { judgeAudit } from './audit/judge-audit.ts';

// npm run audit: asks the registry for advisories about every installed package. Exit status 1: there are
// some. A registry that does not answer is reported, and is no failure of this project.

const ran = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=30000'], {
  encoding: 'utf8',
});
const { advisories, notAnswered } = judgeAudit(ran.stdout ?? '', ran.error?.message ?? ran.stderr);
if (notAnswered !== null) console.log(`audit: not answered: ${notAnswered}`);
else if (advisories.length === 0) console.log('audit: no advisory about an installed package');
else for (const line of advisories) console.log(`audit: ${line}`);
process.exitCode = advisories.length > 0 ? 1 : 0;
