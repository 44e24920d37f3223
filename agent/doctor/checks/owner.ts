import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, fail } from '../check.ts';

/** Whether the history and what lies beside it belong to whoever asks: what root once left there nobody else can use. */
export const owner: Check = {
  id: 'owner',
  group: 'history',
  async run({ paths, uid, who }) {
    const whose = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.uid ?? uid;
    const { dataDir } = paths;
    const inside = whose(dataDir) === uid ? filesIn(dataDir) : [];
    const foreign = [dataDir, ...inside].find((path) => whose(path) !== uid);
    if (foreign === undefined) return [];
    const person = whose(foreign) === 0 ? 'root' : `user ${whose(foreign)}`;
    return [
      fail(
        `${foreign} belongs to ${person}, and not to you: what it holds can't be used or changed.`,
        `Give it back: sudo chown -R '${who.name}' "${dataDir}"`,
      ),
    ];
  },
};

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    // Not there yet, or not ours to list: other checks say so.
    return [];
  }
}
