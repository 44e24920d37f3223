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
import { toIso } from '../types/time.ts';
import { checked } from './checked.ts';
import { type Reused, reuseUnlessChanged } from './reuse.ts';

export interface ObserveDependencies extends ReaderDependencies {
  readonly clock: Clock;
  /** What of the looks before may stand for a source; without it, each is asked. */
  readonly rare?: RareSources;
}

/** Sources whose answer changes with a file, and each costs a process. */
interface RareSources {
  readonly macos: Reused<string>;
  readonly enrollment: Reused<Enrollment>;
  readonly passwordPolicy: Reused<PasswordPolicy>;
  readonly workplaceJoin: Reused<WorkplaceJoin>;
}

/** MDM writes here whatever it sets: a passcode payload, a profile, and the end of its management. */
const managedPreferences = '/Library/Managed Preferences';

function rareSources({ files, who }: ReaderDependencies): RareSources {
  return {
    macos: reuseUnlessChanged(files, '/System/Library/CoreServices/SystemVersion.plist'),
    enrollment: reuseUnlessChanged(files, managedPreferences),
    passwordPolicy: reuseUnlessChanged(files, managedPreferences),
    workplaceJoin: reuseUnlessChanged(files, loginKeychainOf(who)),
  };
}

/** The look to take again and again, with what it needs. */
export function createObserver(
  dependencies: ObserveDependencies,
): (idp?: IdpPasswordPolicy) => Promise<Observation> {
  let rare = rareSources(dependencies);
  let comparedWith: string | undefined;
  return (idp) => {
    // Whether the Mac's rules are stricter is said of these ones.
    const compared = JSON.stringify(idp);
    if (compared !== comparedWith) rare = rareSources(dependencies);
    comparedWith = compared;
    return observe({ ...dependencies, rare, ...(idp === undefined ? {} : { idp }) });
  };
}

/**
 * One look at the Mac, at the moment it begins. Never rejects: a source that can't be read is a named failure, and so
 * is a value that does not validate. Validation also drops whatever the observation has no field for.
 */
export async function observe(dependencies: ObserveDependencies): Promise<Observation> {
  const at = toIso(dependencies.clock.now());
  const monotonic = dependencies.clock.monotonic();
  const session = settled('session', readSession(dependencies));
  const [readings, sessionReading] = await Promise.all([readOthers(dependencies, session), session]);
  return { at, monotonic, ...readings, session: sessionReading };
}

async function readOthers(
  dependencies: ObserveDependencies,
  session: Promise<Observation['session']>,
): Promise<Omit<Observation, 'at' | 'monotonic' | 'session'>> {
  const { rare } = dependencies;
  const now = dependencies.clock.now();
  const rarely = <T>(reused: Reused<T> | undefined, read: () => Promise<Reading<T>>) =>
    reused === undefined ? read() : reused(now, read);
  const pending = {
    appSso: settled('appSso', readAppSso(dependencies)),
    account: settled('account', readAccount(dependencies)),
    passwordPolicy: settled(
      'passwordPolicy',
      rarely(rare?.passwordPolicy, () => readPasswordPolicy(dependencies)),
    ),
    power: settled('power', readPower(dependencies)),
    network: settled('network', readNetwork(dependencies)),
    focus: settled('focus', readFocus(dependencies)),
    macos: settled(
      'macos',
      rarely(rare?.macos, () => readMacos(dependencies)),
    ),
    companyPortal: settled('companyPortal', readCompanyPortal(dependencies)),
    ssoProfile: settled('ssoProfile', readSsoProfile(dependencies)),
    enrollment: settled(
      'enrollment',
      rarely(rare?.enrollment, () => readEnrollment(dependencies)),
    ),
    workplaceJoin: settled(
      'workplaceJoin',
      session.then((reading) =>
        keychainIsOpen(reading)
          ? rarely(rare?.workplaceJoin, () => readWorkplaceJoin(dependencies, reading))
          : readWorkplaceJoin(dependencies, reading),
      ),
    ),
  };
  return {
    appSso: await pending.appSso,
    account: await pending.account,
    passwordPolicy: await pending.passwordPolicy,
    power: await pending.power,
    network: await pending.network,
    focus: await pending.focus,
    macos: await pending.macos,
    companyPortal: await pending.companyPortal,
    ssoProfile: await pending.ssoProfile,
    enrollment: await pending.enrollment,
    workplaceJoin: await pending.workplaceJoin,
  };
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
