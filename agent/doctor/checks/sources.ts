import { sources as macSources } from '../../mac/sources.ts';
import { observeOnce } from '../../observe/observe.ts';
import {
  effectivePasswordPolicy,
  notComparedText,
  rulesNotCompared,
} from '../../shared/effective-password-policy.ts';
import { type SourceName, sourceNames } from '../../shared/observation.ts';
import { passwordRelationOf } from '../../shared/password-relation.ts';
import type { Failed } from '../../shared/reading.ts';
import { type Check, couldNotRun, fail, type Outcome, pass, warn } from '../check.ts';

/** Whether each source of an observation can be read, by one real poll. Nothing is recorded. */
export const sources: Check = {
  id: 'sources',
  group: 'mac',
  async run(deps) {
    if (!deps.onMac) return [couldNotRun('This is not a Mac, so there is nothing to read.')];
    const observation = await observeOnce(deps);
    const outcomes: Outcome[] = [];
    const readable: string[] = [];
    for (const name of sourceNames) {
      const reading = observation[name];
      if (reading.ok) readable.push(macSources[name].label);
      else outcomes.push({ ...outcomeOf(name, reading), id: `source-${name}` });
    }
    const first = readable.length > 0 ? [pass(`Readable: ${readable.join(', ')}.`)] : [];
    const { appSso } = observation;
    const notUnderstood = appSso.ok ? appSso.value.warnings : [];
    if (notUnderstood.length > 0) {
      const problem = `Some app-sso output was not understood: ${notUnderstood.join('; ')}.`;
      const report = 'Report it with the output of: app-sso platform -s | psso-monitor parse app-sso';
      outcomes.push({ ...warn(problem, report), id: 'app-sso-understood' });
    }
    const policy = effectivePasswordPolicy(observation);
    const { ssoProfile } = observation;
    const webLogin = ssoProfile.ok && ssoProfile.value?.webLoginPasswordSync === true;
    const hasPassword = appSso.ok && passwordRelationOf(appSso.value.method, webLogin) === 'synchronised';
    const names = policy === null || !hasPassword ? [] : rulesNotCompared(policy);
    if (names.length > 0) {
      const next = 'Compare the rules by hand with what the identity provider accepts. pwpolicy prints them.';
      outcomes.push({ ...warn(notComparedText(names), next), id: 'password-rules-compared' });
    }
    return [...first, ...outcomes];
  },
};

function outcomeOf(name: SourceName, { reason, detail }: Failed): Outcome {
  const said = `Not readable: ${macSources[name].label}; ${detail}.`;
  if (name === 'focus')
    return reason === 'denied'
      ? couldNotRun(
          "Focus can't be read; notifications are shown as if it were off.",
          'The agent works without it. With Full Disk Access it could read it.',
        )
      : couldNotRun(`${said} Notifications are shown as if no Focus were on.`);
  // bioutil fails on a Mac without Touch ID.
  if (reason === 'off' || name === 'fingerprints') return couldNotRun(said);
  if (name === 'appSso')
    return fail(
      said,
      reason === 'missing' ? 'Platform SSO needs macOS 13 or later.' : 'To try it: app-sso platform -s',
    );
  return warn(said, 'Issues that need it are unknown, and none opens.');
}
