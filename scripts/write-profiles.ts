import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { profiles } from '../pkg-build/profiles/profiles.ts';
import { settingsPage } from '../pkg-build/profiles/settings-page.ts';

/**
 * `npm run profiles -- FOLDER [TEAM]` writes all files for the MDM into a folder; TEAM is the team that
 * signed Node, if not the Node.js Foundation. Without a folder it writes docs/settings.md.
 */
const [folder, teamIdentifier] = process.argv.slice(2);
if (folder === undefined) {
  writeFileSync(fileURLToPath(new URL('../docs/settings.md', import.meta.url)), settingsPage());
} else {
  mkdirSync(folder, { recursive: true });
  const changedAt = Number(process.env.SOURCE_DATE_EPOCH ?? Math.floor(Date.now() / 1000));
  for (const [name, content] of profiles({ changedAt, teamIdentifier })) {
    writeFileSync(join(folder, name), content);
    console.log(join(folder, name));
  }
}
