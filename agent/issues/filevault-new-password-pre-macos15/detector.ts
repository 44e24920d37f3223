import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { policiesIn } from '../../shared/sign-in-policy.ts';
import { isIntelModel } from '../intel-models.ts';
import { outOfStepFor } from '../password-out-of-step.ts';

export function detectOldPasswordAtFileVault(input: DetectorInput): Verdict {
  const { facts, observation, window, macosMajor } = input;
  const { fileVault, power, appSso } = observation;
  if (facts === null) return 'unknown';
  if (!isConfigured(facts) || facts.device.exempt || facts.method !== 'password') return null;
  // Only while FileVault may know another password than the user.
  if (window.phase !== 'pending' && window.phase !== 'overdue') return null;
  if (!fileVault.ok || macosMajor === null || !appSso.ok || !power.ok) return 'unknown';
  if (!fileVault.value) return null;
  const reason = reasonOf(macosMajor, power.value.model, appSso.value.device?.fileVaultPolicy ?? null);
  if (reason === null) return null;
  return {
    severity: 'medium',
    summary: `After a restart FileVault can want the old password: ${reason}.`,
    evidence: { fileVault: 'on', macos: String(macosMajor), reason },
    key: reason,
    confirmAfter: outOfStepFor,
  };
}

/** Why FileVault does not ask the identity provider; null: it does, or nothing is known against it. */
function reasonOf(macosMajor: number, model: string | undefined, policy: string | null): string | null {
  if (macosMajor < 15) return `macOS ${macosMajor} does not ask the identity provider there`;
  if (model !== undefined && isIntelModel(model))
    return 'a Mac with an Intel processor does not ask the identity provider there';
  const policies = policiesIn(policy);
  return policies !== null && policies.length === 0 ? 'FileVaultPolicy is not set' : null;
}
