import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, fail, type Outcome } from '../check.ts';

/** Whether the history and what lies beside it belong to whoever asks: what root once left there nobody else can use. */
export const owner: Check = {
  id: 'owner',
  group: 'history',
  run: async ({ paths, uid, who }) => ownerOutcomes(paths.dataDir, { uid, name: who.name }),
};

/** Root that asks about a person's folder is told nothing: that it belongs to the person is as it should be. */
export function ownerOutcomes(dataDir: string, me: { uid: number; name: string }): Outcome[] {
  const whose = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.uid ?? me.uid;
  const mine = whose(dataDir) === me.uid;
  if (!mine && me.uid === 0) return [];
  const foreign = mine ? filesIn(dataDir).find((path) => whose(path) !== me.uid) : dataDir;
  if (foreign === undefined) return [];
  const person = whose(foreign) === 0 ? 'root' : `user ${whose(foreign)}`;
  return [
    fail(
      `${foreign} belongs to ${person}, and not to you: what it holds can't be used or changed.`,
      `Give it back: sudo chown -R '${me.name}' "${dataDir}"`,
    ),
  ];
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    // Not there yet, or not ours to list: other checks say so.
    return [];
  }
}
