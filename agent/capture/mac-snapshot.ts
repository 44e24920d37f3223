import { hostname } from 'node:os';
import type { CommandName } from '../mac/commands.ts';
import type { Files } from '../mac/files.ts';
import { jsonString } from '../mac/parse/json.ts';
import { dictionaryOfXml } from '../mac/parse/plist-dictionary.ts';
import { findXmlPlist } from '../mac/parse/plist-xml.ts';
import type { Redactor } from '../mac/redact/redactor.ts';
import type { RawPoll } from '../mac/redaction.ts';
import type { CommandOutcome, Runner } from '../mac/runner.ts';
import { SystemFiles } from '../mac/system-files.ts';
import { SystemRunner } from '../mac/system-runner.ts';
import { observeOnce } from '../observe/observe.ts';
import { createSettingsReader } from '../settings/read-settings.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import type { Clock } from '../shared/clock.ts';
import { systemClock } from '../shared/clock.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import type { Observation } from '../shared/observation.ts';
import type { Reading } from '../shared/reading.ts';
import type { SessionUser } from '../shared/session-user.ts';
import { sessionUserOf } from '../shared/session-user.ts';

/**
 * One poll of the Mac, with the raw output of each command and file. Must be redacted before it leaves the
 * Mac.
 */
export interface MacSnapshot {
  readonly who: SessionUser;
  readonly observation: Observation;
  readonly settings: EffectiveSettings;
  /** The outcome of the call of this command with this first argument; null: it was not called. */
  readonly outcome: (command: CommandName, firstArgument: string) => CommandOutcome | null;
  /** The reading of the file at this path; null: it was not read. */
  readonly file: (path: string) => Reading<Uint8Array> | null;
  /** Names of the user and of this computer. */
  readonly identities: readonly string[];
}

/** The raw material of the snapshot, to redact each source of it. */
export function rawPollOf({ who, outcome, file }: MacSnapshot, redactor: Redactor): RawPoll {
  return { redactor, who, account: redactor.name(who.name), outcome, file };
}

export interface SnapshotDependencies {
  readonly runner: Runner;
  readonly files: Files;
  readonly who: SessionUser;
  readonly clock: Clock;
  readonly computerName?: string;
  /** The user's own settings, as text; null: there are none. */
  readonly userFile?: () => string | null;
}

/** The agent's own poll, with a record of every command and file that it reads. */
export async function takeSnapshot(dependencies: SnapshotDependencies): Promise<MacSnapshot> {
  const { runner, files, who, clock, userFile } = dependencies;
  const outcomes = new Map<string, CommandOutcome>();
  const read = new Map<string, Reading<Uint8Array>>();
  const recording = {
    runner: {
      run: async (command: CommandName, args: readonly string[]) => {
        const outcome = await runner.run(command, args);
        outcomes.set(`${command} ${args[0] ?? ''}`, outcome);
        return outcome;
      },
    },
    files: {
      read: async (path: string, limitBytes?: number) => {
        const reading = await files.read(path, limitBytes);
        read.set(path, reading);
        return reading;
      },
      stamp: (path: string) => files.stamp(path),
    },
  };
  const settings = await createSettingsReader({
    files,
    who,
    ...(userFile === undefined ? {} : { userFile }),
  })();
  const { IdpMinimumPasswordLength: minimumLength, IdpCharacterClasses: classesRequired } = settings.values;
  const { entraFloor } = await import('../shared/idp-password-policy.ts');
  const observation = await observeOnce(
    { ...recording, who, clock },
    { ...entraFloor, minimumLength, classesRequired },
  );
  const record = await runner.run('dscl', [
    '-plist',
    '.',
    '-read',
    `/Users/${who.name}`,
    'RealName',
    'RecordName',
    'AltSecurityIdentities',
  ]);
  const named = await runner.run('scutil', ['--get', 'ComputerName']);
  const outcome = (command: CommandName, firstArgument: string) =>
    outcomes.get(`${command} ${firstArgument}`) ?? null;
  return {
    who,
    observation,
    settings,
    outcome,
    file: (path) => read.get(path) ?? null,
    identities: [
      who.name,
      dependencies.computerName ?? hostname(),
      ...computerNames(named),
      ...namesInRecord(record),
      ...principalsIn(outcome('appSso', 'platform')),
    ].filter((name) => name.length > 1),
  };
}

/** This machine, or the simulated one below the sysroot. */
export function snapshotOfThisMac(
  global: GlobalOptions,
  userFile: () => string | null,
): Promise<MacSnapshot> {
  const who = sessionUserOf(global);
  const sysroot = global.sysroot ?? null;
  const runner = new SystemRunner({ sysroot, home: who.home, user: who.name, endsOnSignal: true });
  return takeSnapshot({ runner, files: new SystemFiles(sysroot), who, clock: systemClock, userFile });
}

function printed(outcome: CommandOutcome | null): string {
  return outcome?.kind === 'exited' && outcome.status === 0 ? outcome.stdout : '';
}

function computerNames(outcome: CommandOutcome): string[] {
  const name = printed(outcome).trim();
  return name === '' || name.includes('\n') || name.length > 255 ? [] : [name];
}

/** The account's full name and other names, from dscl. */
function namesInRecord(outcome: CommandOutcome): string[] {
  const found = findXmlPlist(printed(outcome));
  const record = found === null ? null : dictionaryOfXml(found.xml);
  return Object.entries(record ?? {}).flatMap(([attribute, values]) => {
    if (!/(?:^|:)(?:RealName|RecordName|AltSecurityIdentities)$/i.test(attribute)) return [];
    const names: readonly unknown[] = Array.isArray(values) ? values : [values];
    return names.flatMap((name) =>
      typeof name === 'string' ? partsOf(name.replace(/^PlatformSSO:/, '')) : [],
    );
  });
}

/** The user's names at the identity provider, as app-sso prints them. */
function principalsIn(outcome: CommandOutcome | null): string[] {
  const upns = [...printed(outcome).matchAll(/"upn" : ("(?:[^"\\]|\\.)*")/g)];
  return upns.flatMap(([, text = '']) => partsOf(jsonString(text) ?? ''));
}

/** `alex\@contoso.example@REALM`: all of it, the name, the domain. */
function partsOf(name: string): string[] {
  const plain = name.replaceAll('\\', '');
  return [plain, ...plain.split('@')];
}
