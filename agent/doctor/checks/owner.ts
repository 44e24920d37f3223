import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, fail, type Outcome } from '../check.ts';

/** Whether the files of the data folder belong to the user: the agent can't use files of root. */
export const owner: Check = {
  id: 'owner',
  group: 'history',
  run: async ({ paths, uid, who }) => ownerOutcomes(paths.dataDir, { uid, name: who.name }),
};

/** Returns no outcome when root checks the folder of a user: that the user owns it is correct. */
export function ownerOutcomes(dataDir: string, me: { uid: number; name: string }): Outcome[] {
  const whose = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.uid ?? me.uid;
  const mine = whose(dataDir) === me.uid;
  if (!mine && me.uid === 0) return [];
  const foreign = mine ? filesIn(dataDir).find((path) => whose(path) !== me.uid) : dataDir;
  if (foreign === undefined) return [];
  const person = whose(foreign) === 0 ? 'root' : `user ${whose(foreign)}`;
  return [
    fail(
      `${foreign} belongs to ${person}, not to you, so the agent can't use it.`,
      `Restore the owner: sudo chown -R '${me.name}' "${dataDir}"`,
    ),
  ];
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    // A missing or unreadable folder is reported by other checks.
    return [];
  }
}
