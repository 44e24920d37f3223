import { FreeText } from '../../agent/capture/free-text.ts';
import { redactLogText } from '../../agent/diagnose/redact-log.ts';
import { readExport, textOf, withoutRepeated } from '../../agent/fleet/password-changes/read-changes.ts';
import { dictionaryOf } from '../../agent/mac/parse/dictionary.ts';
import { acceptInput } from '../../agent/mac/parse/input.ts';
import { parseLog } from '../../agent/mac/parse/log.ts';
import { unwrap } from '../../agent/mac/parse/pasted/unwrap.ts';
import { parsePlist } from '../../agent/mac/parse/plist.ts';
import { PlistError } from '../../agent/mac/parse/plist-xml.ts';
import { Redactor } from '../../agent/mac/redact/redactor.ts';
import { parseAccount } from '../../agent/mac/sources/account/parse-account.ts';
import { parseAppSso } from '../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { redactAppSso } from '../../agent/mac/sources/app-sso/redact-app-sso.ts';
import { parseEnrollment } from '../../agent/mac/sources/enrollment/parse-enrollment.ts';
import { parseFocus } from '../../agent/mac/sources/focus/parse-focus.ts';
import { parseVersion } from '../../agent/mac/sources/macos/parse-version.ts';
import { parseNetwork } from '../../agent/mac/sources/network/parse-network.ts';
import { parsePasswordPolicy } from '../../agent/mac/sources/password-policy/parse-password-policy.ts';
import { redactPasswordPolicy } from '../../agent/mac/sources/password-policy/redact-password-policy.ts';
import { parsePower } from '../../agent/mac/sources/power/parse-power.ts';
import { parseSession } from '../../agent/mac/sources/session/parse-session.ts';
import { parseSsoProfile } from '../../agent/mac/sources/sso-profile/parse-sso-profile.ts';
import { redactSsoProfile } from '../../agent/mac/sources/sso-profile/redact-sso-profile.ts';
import { variableOf } from '../../agent/mac/sources/sso-profile/token-variable.ts';
import {
  parseCertificates,
  parseThumbprint,
} from '../../agent/mac/sources/workplace-join/parse-leftovers.ts';
import { redactCertificates } from '../../agent/mac/sources/workplace-join/redact-certificates.ts';
import { conditionCompiler } from '../../agent/rules/rule-engine.ts';
import { checkProfile } from '../../agent/settings/check-profile.ts';
import { effectiveSettings } from '../../agent/settings/settings.ts';
import { withOwnIssues } from '../../agent/settings/with-own-issues.ts';
import { ProblemError } from '../../agent/shared/errors.ts';
import { parseScenario, ScenarioError } from '../../agent/simulation/scenario.ts';

/** Every reader of a text from outside. Each throws nothing but the errors that its callers expect. */
export const textParsers: Readonly<Record<string, (text: string) => unknown>> = {
  account: parseAccount,
  'app-sso': (text) => parseAppSso(text, { account: 'alex' }),
  condition: conditionCompiler(),
  enrollment: parseEnrollment,
  focus: parseFocus,
  input: (text) => acceptInput(Buffer.from(text)),
  log: parseLog,
  macos: parseVersion,
  network: parseNetwork,
  'password changes': expecting(ProblemError, (text) =>
    withoutRepeated(readExport('fuzz', textOf('fuzz', Buffer.from(text))).changes),
  ),
  'password-policy': (text) => parsePasswordPolicy(text),
  'own issues': (text) =>
    withOwnIssues(effectiveSettings([]), [{ name: 'a.json', entries: jsonOf(text), problem: null }]),
  'own issues of one rule': (text) =>
    withOwnIssues(
      effectiveSettings([
        { origin: 'managed', entries: { Issues: { 'org-x': { When: text, Title: text, Link: text } } } },
      ]),
      [],
    ),
  'pasted account': (text) => parseAccount(unwrap('account', text).text),
  'pasted app-sso': (text) => parseAppSso(unwrap('app-sso', text).text),
  'pasted log': (text) => parseLog(unwrap('log', text).text),
  'pasted password-policy': (text) => parsePasswordPolicy(unwrap('password-policy', text).text),
  power: parsePower,
  profile: expecting(PlistError, (text) => checkProfile(Buffer.from(text), Date.now())),
  'redacted app-sso': (text) => redactAppSso(text, new Redactor({ seed: 'fuzz' })),
  'redacted certificates': (text) => redactCertificates(text, 'alex', new Redactor({ seed: 'fuzz' })),
  'redacted log': (text) => redactLogText(text, 0, freeText()),
  'redacted password-policy': (text) => redactPasswordPolicy(text, new Redactor({ seed: 'fuzz' })),
  'redacted profile': (text) => redactSsoProfile(Buffer.from(text), new Redactor({ seed: 'fuzz' })),
  'redacted text': (text) => freeText().redact(text, 'foreign'),
  scenario: expecting(ScenarioError, (text) => parseScenario(text)),
  session: (text) => parseSession(text, 'alex'),
  'sso-profile': expecting(PlistError, async (text) => {
    const value = await parsePlist(Buffer.from(text));
    return typeof value === 'object' ? expecting(TypeError, () => parseSsoProfile(value))('') : null;
  }),
  token: variableOf,
  'workplace-join certificates': parseCertificates,
  'workplace-join thumbprint': parseThumbprint,
};

/** The object in a text, as of a file of share/issues.d; the text as an entry where there is none. */
function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return dictionaryOf(JSON.parse(text)) ?? { [text]: text };
  } catch {
    return { [text]: { When: text }, 'org-x': text };
  }
}

function freeText(): FreeText {
  return new FreeText(new Redactor({ seed: 'fuzz' }), ['alex', 'Alex Example']);
}

function expecting(
  error: new (...args: never[]) => Error,
  parse: (text: string) => unknown,
): (text: string) => unknown {
  const pass = (thrown: unknown): null => {
    if (thrown instanceof error) return null;
    throw thrown;
  };
  return (text) => {
    try {
      const parsed = parse(text);
      return parsed instanceof Promise ? parsed.catch(pass) : parsed;
    } catch (thrown) {
      return pass(thrown);
    }
  };
}
