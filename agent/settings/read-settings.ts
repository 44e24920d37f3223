import * as z from 'zod/mini';
import type { Files } from '../mac/files.ts';
import { parsePlist } from '../mac/parse/plist.ts';
import { userFileName } from '../shared/paths.ts';
import type { SessionUser } from '../shared/session-user.ts';
import type { IssueFiles } from './issue-files.ts';
import {
  type EffectiveSettings,
  effectiveSettings,
  type SettingProblem,
  type SettingsLayer,
} from './settings.ts';
import { withOwnIssues } from './with-own-issues.ts';

export const preferencesDomain = 'io.github.psso-monitor';
const largestUserFile = 64 * 1024;

const dictionary = z.record(z.string(), z.unknown());

/** The last read of one managed preferences file. The file is parsed again only when its bytes change. */
interface LastRead {
  /** Null: the file exists and could not be read. */
  readonly bytes: Uint8Array | null;
  readonly layer: SettingsLayer | null;
  readonly problem: SettingProblem | null;
}

interface ManagedFile {
  readonly path: string;
  /** Its name in a problem: the path would reveal the account name. */
  readonly whose: string;
}

/**
 * Returns a reader of the effective settings: the user's managed preferences, then the Mac's, then the user's
 * file. The reader never rejects: an invalid file is a problem in the result. Its last valid values stay in
 * force, because the MDM may be rewriting the file; without them the defaults apply. A missing file is a
 * removed profile.
 *
 * It reads the files, because `defaults` misses the managed layer; see docs/decisions.
 */
export function createSettingsReader(deps: {
  files: Files;
  who: SessionUser;
  /** The user's settings file as text; null: there is none. */
  userFile?: () => string | null;
  /** The files of share/issues.d; null, or without it: there are none. */
  issueFiles?: () => Promise<IssueFiles | null>;
}): () => Promise<EffectiveSettings> {
  const managed = '/Library/Managed Preferences';
  const managedFiles: readonly ManagedFile[] = [
    { path: `${managed}/${deps.who.name}/${preferencesDomain}.plist`, whose: "this user's" },
    { path: `${managed}/${preferencesDomain}.plist`, whose: "this Mac's" },
  ];
  const last = new Map<string, LastRead>();
  let effective: EffectiveSettings | null = null;
  let ownText: string | null = null;
  let filesStamp: string | null = null;

  return async () => {
    let changed = false;
    for (const { path, whose } of managedFiles) {
      const file = await deps.files.read(path);
      const before = last.get(path);
      if (!file.ok && file.reason === 'missing') {
        changed = last.delete(path) || changed;
        continue;
      }
      const bytes = file.ok ? file.value : null;
      if (before !== undefined && sameBytes(before.bytes, bytes)) continue;
      last.set(path, await understand(whose, bytes, before?.layer ?? null));
      changed = true;
    }
    const own = ownFile(deps.userFile ?? (() => null));
    const files = (await deps.issueFiles?.()) ?? null;
    if (effective === null || changed || own.text !== ownText || (files?.stamp ?? null) !== filesStamp) {
      ownText = own.text;
      filesStamp = files?.stamp ?? null;
      effective = await withOwnIssues(
        combine([...managedFiles.flatMap(({ path }) => last.get(path) ?? []), ...own.read()]),
        files?.read() ?? [],
      );
    }
    return effective;
  };
}

/** `settings.json` beside the database: the settings that a user may set. */
function ownFile(read: () => string | null): { text: string | null; read: () => LastRead[] } {
  let text: string | null;
  try {
    text = read();
  } catch {
    text = '';
  }
  const problem = (wrong: string): LastRead => ({
    bytes: null,
    layer: null,
    problem: {
      key: '',
      origin: 'user',
      message: `${userFileName}, the user's own settings, ${wrong}; it is ignored.`,
    },
  });
  return {
    text,
    read: () => {
      if (text === null) return [];
      if (text.length > largestUserFile) return [problem('is too large')];
      try {
        const parsed = z.safeParse(dictionary, JSON.parse(text));
        if (!parsed.success) return [problem('is not a JSON object')];
        return [{ bytes: null, layer: { origin: 'user', entries: parsed.data }, problem: null }];
      } catch {
        return [problem('is not JSON, or can not be read')];
      }
    },
  };
}

function combine(read: readonly LastRead[]): EffectiveSettings {
  const layers = read.flatMap((one) => (one.layer === null ? [] : [one.layer]));
  const { problems, ...rest } = effectiveSettings(layers);
  return {
    ...rest,
    problems: [...read.flatMap((one) => (one.problem === null ? [] : [one.problem])), ...problems],
  };
}

async function understand(
  whose: string,
  bytes: Uint8Array | null,
  before: SettingsLayer | null,
): Promise<LastRead> {
  if (bytes !== null) {
    try {
      const parsed = z.safeParse(dictionary, await parsePlist(bytes));
      if (parsed.success) return { bytes, layer: { origin: 'managed', entries: parsed.data }, problem: null };
    } catch {
      // No property list: the same problem as a property list of another shape.
    }
  }
  const wrong = bytes === null ? 'can not be read' : 'are not a property list of settings';
  const instead = before === null ? 'the defaults hold' : 'what they said before stays in force';
  const message = `In ${preferencesDomain}, ${whose} managed preferences ${wrong}; ${instead}.`;
  return { bytes, layer: before, problem: { key: '', origin: 'managed', message } };
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
