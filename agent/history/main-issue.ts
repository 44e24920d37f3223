import type { Assessment } from '../assess/assess.ts';
import { beginsWithRestart } from '../causes/restart-first.ts';
import { entryOf } from '../issues/catalogue.ts';
import { issueOf } from '../issues/issues.ts';
import { isRegistrationStopped } from '../issues/notification-rules.ts';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import { isForAdminOnly } from '../notify/compose-notifications.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { EpochMs } from '../shared/time.ts';
import { providerInRows, stateByKey } from '../store/state-keys.ts';
import type { EventRow, StoreReader } from '../store/store.ts';
import { en } from '../texts/en.ts';
import { type IssueText, issueText, notifiableIssueOf } from '../texts/issue-text.ts';
import { textParameters } from '../texts/text-parameters.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { detailOf } from './history.ts';
import { causesOf, type StatedCause } from './stated-causes.ts';

/** What the helpdesk needs of the open issue that matters most. */
export interface MainIssue {
  readonly issue: string;
  /** The best one first. */
  readonly causes: StatedCause[];
  /** Only the admin can act on it, and the user is not notified. */
  readonly forAdmin: boolean;
  /** What to do now: the first steps. */
  readonly doNow: string[];
  /** The newest notification of the issue that the user was shown; null: none in this episode. */
  readonly shown: { readonly at: string; readonly title: string } | null;
  /** Why the newest notification was not shown: a word of the event; null: none was suppressed since. */
  readonly suppressed: string | null;
  /** The user silenced the issue until then; null: not silenced. */
  readonly silencedUntil: EpochMs | null;
}

/** As many steps as a person keeps in mind. */
const mostSteps = 2;

/** Null: no open issue decides the headline. */
export function mainIssueOf(
  { open }: Assessment,
  reader: StoreReader,
  silences: Readonly<Record<string, EpochMs>>,
  organisation: Organisation = noOrganisation,
): MainIssue | null {
  const main = open.find(({ alsoNoticed }) => !alsoNoticed);
  if (main === undefined) return null;
  const { issue, openedAt } = main;
  const events = reader.events({ issue });
  const evidence = evidenceOf(issue, events);
  const state = reader.state();
  const provider = providerInRows(state);
  const user = userTextOf(issue, evidence, provider, organisation);
  const ids = open.map((episode) => episode.issue);
  const configured = stateByKey(state).get('configured')?.value ?? '';
  const forAdmin = user === null || isForAdminOnly(issue, ids, configured, organisation);
  const asUser = forAdmin || issueOf(issue)?.userCanOnlyAsk?.(provider) === true ? null : user;
  const causes = causesOf(issue, evidence, provider);
  const shownEvents = events.filter(
    ({ kind, at }) => isAboutNotification(kind) && Date.parse(at) >= openedAt,
  );
  const shown = shownEvents.findLast(({ kind }) => kind === 'notification-shown');
  const newest = shownEvents.at(-1);
  return {
    issue,
    causes,
    forAdmin,
    doNow: firstSteps(asUser?.steps ?? adminSteps(issue, provider, organisation), {
      // The user's text of such an issue begins with the restart itself.
      remedyFirst: asUser !== null && beginsWithRestart(evidence) ? null : (causes[0]?.remedyFirst ?? null),
    }),
    shown: shown === undefined ? null : { at: shown.at, title: titleOf(shown) },
    suppressed: newest !== undefined && newest.kind !== 'notification-shown' ? newest.to_state : null,
    silencedUntil: silences[issue] ?? null,
  };
}

function isAboutNotification(kind: string): boolean {
  return (
    kind === 'notification-shown' || kind === 'notification-suppressed' || kind === 'notification-failed'
  );
}

function titleOf(event: EventRow): string {
  const { title } = detailOf(event);
  return typeof title === 'string' ? title : event.summary;
}

function firstSteps(
  steps: readonly string[],
  { remedyFirst }: { readonly remedyFirst: string | null },
): string[] {
  // Two steps are shown, and the user's text has this one: it would take the place of one that says more.
  const others = steps.filter((step) => step !== en.connect);
  return [...(remedyFirst === null ? [] : [remedyFirst]), ...others].slice(0, mostSteps);
}

function adminSteps(
  issue: string,
  provider: IdentityProvider,
  organisation: Organisation,
): readonly string[] {
  const admin = entryOf(issue, provider, organisation)?.admin;
  if (admin === undefined) return [];
  return admin.steps.length > 0 ? admin.steps : [admin.text];
}

/** The user's text of an issue on this Mac; null: there is nothing that the user could do. */
export function userTextOf(
  issue: string,
  evidence: Evidence | null,
  provider: IdentityProvider,
  organisation: Organisation = noOrganisation,
): IssueText | null {
  if (notifiableIssueOf(issue, organisation) !== issue) return null;
  // Without an applied profile, or with a mistake in it, only the admin can act.
  if (evidence?.configured === false || isRegistrationStopped(evidence)) return null;
  return issueText(issue, en, textParameters(evidence, provider), organisation);
}
