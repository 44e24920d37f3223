import type { Organisation } from '../issues/organisation.ts';
import { readLanguages } from '../mac/read/languages.ts';
import { SystemFiles } from '../mac/system-files.ts';
import { SystemRunner } from '../mac/system-runner.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { chooseLanguage, type Language } from '../shared/languages.ts';
import { type Paths, pathsOf } from '../shared/paths.ts';
import { type SessionUser, sessionUserOf } from '../shared/session-user.ts';
import { issueFilesIn } from './issue-files-in.ts';
import { createSettingsReader } from './read-settings.ts';
import type { Settings } from './schema.ts';
import type { EffectiveSettings } from './settings.ts';
import { userFileAt } from './user-file.ts';

/** What a command needs of this Mac, or of a simulated one. */
export interface Context {
  readonly paths: Paths;
  readonly who: SessionUser;
  /** null: this machine. */
  readonly sysroot: string | null;
  readonly files: SystemFiles;
  readonly runner: SystemRunner;
  readonly settings: EffectiveSettings;
  /** Reads the settings again. */
  readonly readSettings: () => Promise<EffectiveSettings>;
  /** The language of the user's texts: the setting, or else the first language of macOS that has texts. */
  readonly languageBy: (values: Pick<Settings, 'Language'>) => Language;
}

/** What the organisation of this Mac set. A history of another Mac is shown with it too. */
export async function loadOrganisation(global: GlobalOptions): Promise<Organisation> {
  return (await loadContext(global)).settings.organisation;
}

export async function loadContext(global: GlobalOptions): Promise<Context> {
  const paths = pathsOf(global);
  const who = sessionUserOf(global);
  const sysroot = global.sysroot ?? null;
  const files = new SystemFiles(sysroot);
  const readSettings = createSettingsReader({
    files,
    who,
    userFile: userFileAt(paths.settings),
    issueFiles: issueFilesIn(sysroot),
  });
  const languages = await readLanguages({ files, who });
  const preferred = languages.ok ? [...languages.value] : [];
  return {
    paths,
    who,
    sysroot,
    files,
    runner: new SystemRunner({ sysroot, home: who.home, user: who.name, endsOnSignal: true }),
    settings: await readSettings(),
    readSettings,
    languageBy: ({ Language }) => (Language === 'automatic' ? chooseLanguage(preferred) : Language),
  };
}
