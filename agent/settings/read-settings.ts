import * as z from 'zod/mini';
import type { Files } from '../mac/files.ts';
import { parsePlist } from '../mac/parse/plist.ts';
import { userFileName } from '../shared/paths.ts';
import type { SessionUser } from '../shared/session-user.ts';
import {
  type EffectiveSettings,
  effectiveSettings,
  type SettingProblem,
  type SettingsLayer,
} from './settings.ts';

export const preferencesDomain = 'io.github.psso-monitor';
const largestUserFile = 64 * 1024;

const dictionary = z.record(z.string(), z.unknown());

/** One managed preferences file as it was last read: parsed again only when its bytes are others. */
interface LastRead {
  /** Null: it is there, and could not be read. */
  readonly bytes: Uint8Array | null;
  readonly layer: SettingsLayer | null;
  readonly problem: SettingProblem | null;
}

interface ManagedFile {
  readonly path: string;
  /** How a problem names it: a path would tell the account's name. */
  readonly whose: string;
}

/**
 * Reads the managed preferences, the user's own before the Mac's, and answers what is in force. Never rejects: a file
 * that can't be understood is a problem to be told. What was last understood of it stays in force, since MDM may be
 * just rewriting it; without that the defaults hold. A file that is gone is a profile that was removed.
 *
 * The file is read rather than asked of `defaults`, which misses the managed layer; see docs/decisions.
 */
export function createSettingsReader(deps: {
  files: Files;
  who: SessionUser;
  /** The user's own file, as text; null: there is none. */
  userFile?: () => string | null;
}): () => Promise<EffectiveSettings> {
  const managed = '/Library/Managed Preferences';
  const managedFiles: readonly ManagedFile[] = [
    { path: `${managed}/${deps.who.name}/${preferencesDomain}.plist`, whose: "this user's" },
    { path: `${managed}/${preferencesDomain}.plist`, whose: "this Mac's" },
  ];
  const last = new Map<string, LastRead>();
  let effective: EffectiveSettings | null = null;
  let ownText: string | null = null;

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
    if (effective === null || changed || own.text !== ownText) {
      ownText = own.text;
      effective = combine([...managedFiles.flatMap(({ path }) => last.get(path) ?? []), ...own.read()]);
    }
    return effective;
  };
}

/** `settings.json` beside the database: a dictionary of the settings that a user may set. */
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
      // Not a property list: told below, and the same as one of another shape.
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
