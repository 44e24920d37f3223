import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commitTime } from '../pkg-build/commit-time.ts';
import { profiles } from '../pkg-build/profiles/profiles.ts';
import { settingsPage } from '../pkg-build/profiles/settings-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * `npm run profiles -- FOLDER [TEAM]` writes all files for the MDM into a folder; TEAM is the team that
 * signed Node, if not the Node.js Foundation. Without a folder it writes docs/settings.md.
 */
const [folder, teamIdentifier] = process.argv.slice(2);
if (folder === undefined) {
  writeFileSync(join(root, 'docs/settings.md'), settingsPage());
} else {
  mkdirSync(folder, { recursive: true });
  // The date of the manifest. The last commit's, as in the package: equal checkouts give equal files.
  const given = process.env.SOURCE_DATE_EPOCH ?? commitTime(root);
  const changedAt = given === null ? Math.floor(Date.now() / 1000) : Number(given);
  for (const [name, content] of profiles({ changedAt, teamIdentifier })) {
    writeFileSync(join(folder, name), content);
    console.log(join(folder, name));
  }
}
