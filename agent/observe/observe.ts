import type { ReaderDependencies } from '../mac/read/dependencies.ts';
import { readAccount } from '../mac/sources/account/source.ts';
import { readAppSso } from '../mac/sources/app-sso/source.ts';
import { readCompanyPortal } from '../mac/sources/company-portal/source.ts';
import { readEnrollment } from '../mac/sources/enrollment/source.ts';
import { readFocus } from '../mac/sources/focus/source.ts';
import { readMacos } from '../mac/sources/macos/source.ts';
import { readNetwork } from '../mac/sources/network/source.ts';
import { readPasswordPolicy } from '../mac/sources/password-policy/source.ts';
import { readPower } from '../mac/sources/power/source.ts';
import { readSession } from '../mac/sources/session/source.ts';
import { readSsoProfile } from '../mac/sources/sso-profile/source.ts';
import { keychainIsOpen, loginKeychainOf, readWorkplaceJoin } from '../mac/sources/workplace-join/source.ts';
import type { Clock } from '../shared/clock.ts';
import { compareWithIdp, entraFloor, type IdpPasswordPolicy } from '../shared/idp-password-policy.ts';
import type {
  Account,
  AppSso,
  Enrollment,
  Observation,
  PasswordPolicy,
  Session,
  WorkplaceJoin,
} from '../shared/observation.ts';
import { fullPoll, type PollPlan } from '../shared/poll-plan.ts';
import { failed, type Reading, read } from '../shared/reading.ts';
import { toIso } from '../shared/time.ts';
import { keychainPolling } from './keychain-polling.ts';
import { daily, macosItself, rereadWhenChanged, stampOf } from './reread-when-changed.ts';
import { validated } from './validated.ts';

export interface ObserveDependencies extends ReaderDependencies {
  readonly clock: Clock;
}

export interface PollRequest {
  readonly plan: PollPlan;
  /** The policy that the Mac's password rules are compared with. */
  readonly idp: IdpPasswordPolicy;
}

/**
 * One poll. Never rejects: a source that can't be read, or whose value does not validate, is a named failure.
 */
export type Observe = (request: PollRequest) => Promise<Observation>;

/** For the agent, which polls again and again: a process is started only when its result may have changed. */
export function createObserver(dependencies: ObserveDependencies): Observe {
  const readers = sparingReaders(dependencies);
  return (request) => poll(dependencies, readers, request);
}

/** For a single poll: reads every source under any plan. */
export function createSingleObserver(dependencies: ObserveDependencies): Observe {
  return ({ idp }) => observeOnce(dependencies, idp);
}

/** Observes once, reading every source. Never rejects. */
export function observeOnce(
  dependencies: ObserveDependencies,
  idp: IdpPasswordPolicy = entraFloor,
): Promise<Observation> {
  return poll(dependencies, plainReaders(dependencies), { plan: fullPoll, idp });
}

/** The sources that need not be read at each poll. None of these rejects. */
interface Readers {
  /** `kept`: the last reading, where the plan lets it stand. */
  readonly account: (kept: Reading<Account> | null) => Promise<Reading<Account>>;
  readonly passwordPolicy: () => Promise<Reading<PasswordPolicy>>;
  readonly macos: () => Promise<Reading<string>>;
  readonly enrollment: () => Promise<Reading<Enrollment>>;
  /** Called only while the keychain is open. */
  readonly workplaceJoin: (
    session: Reading<Session>,
    appSso: Promise<Reading<AppSso>>,
  ) => Promise<Reading<WorkplaceJoin>>;
}

function plainReaders(dependencies: ObserveDependencies): Readers {
  return {
    account: () => validated('account', () => readAccount(dependencies)),
    passwordPolicy: () => validated('passwordPolicy', () => readPasswordPolicy(dependencies)),
    macos: () => validated('macos', () => readMacos(dependencies)),
    enrollment: () => validated('enrollment', () => readEnrollment(dependencies)),
    workplaceJoin: (session) => validated('workplaceJoin', () => readWorkplaceJoin(dependencies, session)),
  };
}

/** MDM writes here: a passcode payload, a profile, the end of management. */
const managedPreferences = '/Library/Managed Preferences';

function sparingReaders(dependencies: ObserveDependencies): Readers {
  const { files, who } = dependencies;
  const plain = plainReaders(dependencies);
  const keychain = [macosItself, loginKeychainOf(who)];
  const readKeychain = keychainPolling(dependencies, keychain);
  /** Of the login keychain's file, when the account was last read. */
  let keychainStamp: string | null = null;
  return {
    passwordPolicy: rereadWhenChanged(dependencies, managedPreferences, plain.passwordPolicy),
    macos: rereadWhenChanged(dependencies, macosItself, plain.macos, daily),
    enrollment: rereadWhenChanged(dependencies, managedPreferences, plain.enrollment),
    workplaceJoin: async (session, appSso) =>
      readKeychain(await appSso, () => plain.workplaceJoin(session, appSso)),
    // macOS writes a new password to the login keychain as well.
    account: async (kept) => {
      const stamp = await stampOf(files, keychain);
      if (kept !== null && stamp !== null && stamp === keychainStamp) return kept;
      keychainStamp = stamp;
      return await plain.account(kept);
    },
  };
}

/** The moment of a poll is when it begins. Commands run side by side. */
async function poll(
  dependencies: ObserveDependencies,
  readers: Readers,
  { plan, idp }: PollRequest,
): Promise<Observation> {
  const { clock } = dependencies;
  const moment = { at: toIso(clock.now()), monotonic: clock.monotonic() };
  const kept = plan.kind === 'short' ? plan.keep : null;
  const appSso = validated('appSso', () => readAppSso(dependencies));
  const session = validated('session', () => readSession(dependencies));
  const account = readers.account(kept?.account ?? null);
  const passwordPolicy = readers.passwordPolicy();
  const power = kept?.power ?? validated('power', () => readPower(dependencies));
  const network = kept?.network ?? validated('network', () => readNetwork(dependencies));
  const focus = validated('focus', () => readFocus(dependencies));
  const macos = readers.macos();
  const companyPortal = validated('companyPortal', () => readCompanyPortal(dependencies));
  const ssoProfile = validated('ssoProfile', () => readSsoProfile(dependencies));
  const enrollment = readers.enrollment();
  const workplaceJoin = session.then((reading) =>
    keychainIsOpen(reading)
      ? readers.workplaceJoin(reading, appSso)
      : failed('off', 'the login keychain is only read while the screen is unlocked'),
  );
  return {
    ...moment,
    appSso: await appSso,
    account: await account,
    passwordPolicy: comparedWith(idp, await passwordPolicy),
    session: await session,
    power: await power,
    network: await network,
    focus: await focus,
    macos: await macos,
    companyPortal: await companyPortal,
    ssoProfile: await ssoProfile,
    enrollment: await enrollment,
    workplaceJoin: await workplaceJoin,
  };
}

function comparedWith(idp: IdpPasswordPolicy, reading: Reading<PasswordPolicy>): Reading<PasswordPolicy> {
  return reading.ok ? read({ ...reading.value, ...compareWithIdp(reading.value.rules, idp) }) : reading;
}
