import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import type { PasswordTool } from '../../shared/observation.ts';
import { isPasswordOutOfStep, outOfStepFor } from '../password-out-of-step.ts';

const names: Readonly<Record<PasswordTool, string>> = {
  jamfConnect: 'Jamf Connect',
  xcreds: 'XCreds',
  nomad: 'NoMAD',
};

export function detectOtherPasswordTool(input: DetectorInput): Verdict {
  const { facts, observation } = input;
  const { passwordTools } = observation;
  if (facts === null || !passwordTools.ok) return 'unknown';
  if (!isConfigured(facts) || facts.device.exempt || facts.method !== 'password') return null;
  if (passwordTools.value.length === 0 || !isPasswordOutOfStep(input)) return null;
  const tools = passwordTools.value.map((tool) => names[tool]);
  return {
    severity: 'low',
    summary: `${tools.join(' and ')} can set the local password too, and it is not in step with the work password.`,
    evidence: { apps: tools },
    key: tools.join(' '),
    confirmAfter: outOfStepFor,
  };
}
