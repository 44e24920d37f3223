import { readAccount } from '../mac/read/account.ts';
import { readAppSso } from '../mac/read/app-sso.ts';
import { readCompanyPortal } from '../mac/read/company-portal.ts';
import type { ReaderDependencies } from '../mac/read/dependencies.ts';
import { readEnrollment } from '../mac/read/enrollment.ts';
import { readFocus } from '../mac/read/focus.ts';
import { readMacos } from '../mac/read/macos.ts';
import { readNetwork } from '../mac/read/network.ts';
import { readPasswordPolicy } from '../mac/read/password-policy.ts';
import { readPower } from '../mac/read/power.ts';
import { readSession } from '../mac/read/session.ts';
import { readSsoProfile } from '../mac/read/sso-profile.ts';
import { keychainIsOpen, loginKeychainOf, readWorkplaceJoin } from '../mac/read/workplace-join.ts';
import type { Clock } from '../types/clock.ts';
import type { IdpPasswordPolicy } from '../types/idp-password-policy.ts';
import type {
  Enrollment,
  Observation,
  PasswordPolicy,
  SourceName,
  Sources,
  WorkplaceJoin,
} from '../types/observation.ts';
import { failed, type Reading } from '../types/reading.ts';
import { hour, toIso } from '../types/time.ts';
import { type AskSeldom, askSeldom } from './ask-seldom.ts';
import { checked } from './checked.ts';
import {
  daily,
  type LookMoment,
  lookAt,
  macosItself,
  type Reused,
  reuseUnlessChanged,
  stampWithMacos,
} from './reuse.ts';

export interface ObserveDependencies extends ReaderDependencies {
  readonly clock: Clock;
  /** What of the looks before may stand for a source; without it, each is asked. */
  readonly rare?: { readonly sources: RareSources; readonly look: LookMoment };
}

/** Sources whose answer changes with a file, and each costs a process. */
interface RareSources {
  readonly macos: Reused<string>;
  readonly enrollment: Reused<Enrollment>;
  readonly passwordPolicy: Reused<PasswordPolicy>;
  readonly workplaceJoin: AskSeldom;
}

/** MDM writes here whatever it sets: a passcode payload, a profile, and the end of its management. */
const managedPreferences = '/Library/Managed Preferences';

const reusedPasswordPolicy = () => reuseUnlessChanged<PasswordPolicy>(managedPreferences);

function rareSources({ who, clock }: ObserveDependencies): RareSources {
  return {
    macos: reuseUnlessChanged(macosItself, daily),
    enrollment: reuseUnlessChanged(managedPreferences),
    passwordPolicy: reusedPasswordPolicy(),
    workplaceJoin: askSeldom(loginKeychainOf(who), clock),
  };
}

/** What a look is asked for. */
export interface Wanted {
  /** What the Mac's password rules are compared with; without it, Entra's floor. */
  readonly idp?: IdpPasswordPolicy;
  /** Given while all is well: whether an answer of `app-sso` says what is known already. */
  readonly nothingNew?: (appSso: Observation['appSso']) => boolean;
}

export type Observe = (wanted?: Wanted) => Promise<Observation>;

/** For whoever looks once: everything is asked. */
export function createSingleLook(dependencies: ObserveDependencies): Observe {
  return ({ idp } = {}) => observe({ ...dependencies, ...(idp === undefined ? {} : { idp }) });
}

/** After as many looks as are usual in an hour, or after an hour, everything is asked again. */
const quietAtMost = 11;
const quietFor = hour;

/**
 * The look to take again and again, with what it needs of those before.
 *
 * A quiet look asks `app-sso` and whether somebody is at the Mac; the network, the times of sleep and the account are what they were. It is one only as long
 * as `app-sso` and whatever else a quiet look reads of the Mac's set-up say what they said. The login keychain, which a new password is written to, may be written to for any
 * other reason too: then the account is asked as well, and has to say what it said.
 */
export function createObserver(dependencies: ObserveDependencies): Observe {
  let rare = rareSources(dependencies);
  let comparedWith: string | undefined;
  let whole: { readonly observation: Observation; readonly keychain: string } | null = null;
  let quiet = 0;
  return async ({ idp, nothingNew } = {}) => {
    // Whether the Mac's rules are stricter is said of these ones.
    const compared = JSON.stringify(idp);
    if (compared !== comparedWith) rare = { ...rare, passwordPolicy: reusedPasswordPolicy() };
    comparedWith = compared;
    const { files, who, clock } = dependencies;
    const look = lookAt(files, clock.now());
    const given = {
      ...dependencies,
      rare: { sources: rare, look },
      ...(idp === undefined ? {} : { idp }),
    };
    const moment = momentOf(given);
    const keychain = await stampWithMacos(look, loginKeychainOf(who));
    if (
      nothingNew !== undefined &&
      whole !== null &&
      keychain !== null &&
      quiet < quietAtMost &&
      moment.monotonic - whole.observation.monotonic < quietFor
    ) {
      const before = whole.observation;
      const session = settled('session', readSession(given));
      const asked = whole.keychain === keychain ? null : settled('account', readAccount(given));
      const readings = await readTelling(given, session);
      const account = asked === null ? before.account : await asked;
      if (nothingNew(readings.appSso) && saysTheSame(before, { ...readings, account })) {
        quiet++;
        whole = { ...whole, keychain };
        const { power, network } = before;
        return { ...moment, ...readings, session: await session, account, power, network };
      }
      return remember(
        { ...moment, ...readings, ...(await readRest(given, asked)), session: await session },
        keychain,
      );
    }
    return remember(await observe(given), keychain);
  };

  function remember(observation: Observation, keychain: string | null): Observation {
    const { session, account, power, network } = observation;
    const all = session.ok && account.ok && power.ok && network.ok;
    whole = all && keychain !== null ? { observation, keychain } : null;
    quiet = 0;
    return observation;
  }
}

function momentOf({ clock }: ObserveDependencies): Pick<Observation, 'at' | 'monotonic'> {
  return { at: toIso(clock.now()), monotonic: clock.monotonic() };
}

/**
 * One look at the Mac, at the moment it begins. Never rejects: a source that can't be read is a named failure, and so
 * is a value that does not validate. Validation also drops whatever the observation has no field for.
 */
export async function observe(dependencies: ObserveDependencies): Promise<Observation> {
  const moment = momentOf(dependencies);
  const session = settled('session', readSession(dependencies));
  const [telling, rest] = await Promise.all([readTelling(dependencies, session), readRest(dependencies)]);
  return { ...moment, ...telling, ...rest, session: await session };
}

type Rest = Pick<Observation, 'account' | 'power' | 'network'>;
type Telling = Omit<Observation, 'at' | 'monotonic' | 'session' | keyof Rest>;

/** What a quiet look leaves out; `account` where this look has asked for it already. */
async function readRest(
  dependencies: ObserveDependencies,
  asked: Promise<Rest['account']> | null = null,
): Promise<Rest> {
  const [account, power, network] = await Promise.all([
    asked ?? settled('account', readAccount(dependencies)),
    settled('power', readPower(dependencies)),
    settled('network', readNetwork(dependencies)),
  ]);
  return { account, power, network };
}

/** `app-sso`, what files say, and what costs a process only when a file has changed. */
async function readTelling(
  dependencies: ObserveDependencies,
  session: Promise<Observation['session']>,
): Promise<Telling> {
  const { rare } = dependencies;
  const rarely = <T>(
    which: (sources: RareSources) => Reused<T>,
    read: () => Promise<Reading<T>>,
  ): Promise<Reading<T>> => (rare === undefined ? read() : which(rare.sources)(rare.look, read));
  const appSso = settled('appSso', readAppSso(dependencies));
  const seldom = async (read: () => Promise<Reading<WorkplaceJoin>>): Promise<Reading<WorkplaceJoin>> =>
    rare === undefined ? read() : rare.sources.workplaceJoin(rare.look, await appSso, read);
  const pending = {
    passwordPolicy: settled(
      'passwordPolicy',
      rarely(
        ({ passwordPolicy }) => passwordPolicy,
        () => readPasswordPolicy(dependencies),
      ),
    ),
    focus: settled('focus', readFocus(dependencies)),
    macos: settled(
      'macos',
      rarely(
        ({ macos }) => macos,
        () => readMacos(dependencies),
      ),
    ),
    companyPortal: settled('companyPortal', readCompanyPortal(dependencies)),
    ssoProfile: settled('ssoProfile', readSsoProfile(dependencies)),
    enrollment: settled(
      'enrollment',
      rarely(
        ({ enrollment }) => enrollment,
        () => readEnrollment(dependencies),
      ),
    ),
    workplaceJoin: settled(
      'workplaceJoin',
      session.then((reading) =>
        keychainIsOpen(reading)
          ? seldom(() => readWorkplaceJoin(dependencies, reading))
          : readWorkplaceJoin(dependencies, reading),
      ),
    ),
  };
  return {
    appSso: await appSso,
    passwordPolicy: await pending.passwordPolicy,
    focus: await pending.focus,
    macos: await pending.macos,
    companyPortal: await pending.companyPortal,
    ssoProfile: await pending.ssoProfile,
    enrollment: await pending.enrollment,
    workplaceJoin: await pending.workplaceJoin,
  };
}

/**
 * Readers that remember answer the very same value; where one was asked again, another value that says the same costs one whole look.
 * Focus and what Workplace Join left are read anew each time they are looked at, and nothing that was left out depends on them.
 */
function saysTheSame(before: Observation, now: Telling & Pick<Rest, 'account'>): boolean {
  return (['account', 'passwordPolicy', 'macos', 'companyPortal', 'ssoProfile', 'enrollment'] as const).every(
    (source) => {
      const [was, is] = [before[source], now[source]];
      return was.ok && is.ok ? was.value === is.value : !was.ok && !is.ok && was.reason === is.reason;
    },
  );
}

/** A reader that throws is a mistake of ours, and still no reason to lose the other sources of this look. */
async function settled<K extends SourceName>(
  name: K,
  reading: Promise<Reading<Sources[K]>>,
): Promise<Reading<Sources[K]>> {
  try {
    return checked[name](await reading);
  } catch (error) {
    return failed(
      'malformed',
      `reading ${name} failed: ${error instanceof Error ? error.name : 'unknown error'}`,
    );
  }
}
