import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { policyPlaces } from '../../shared/sign-in-policy.ts';
import { day, minute, second, toIso } from '../../shared/time.ts';
import { namesOfPlaces, policiesInForce } from '../policies-in-force.ts';

/** A first registration gets this long. */
const registersWithin = 15 * minute;
/** The admin gets this long to act. */
const warnedBefore = day;

/** RequireAuthentication refuses an account that is not registered, once the grace period has ended. */
export function detectEndingGracePeriod(input: DetectorInput): Verdict {
  const found = policiesInForce(input);
  if (found === null || found === 'unknown') return found;
  const { device, facts, places } = found;
  if (facts.registration === 'complete') return null;
  const required = policyPlaces.filter((place) => places[place].includes('RequireAuthentication'));
  if (required.length === 0) return null;
  const graced = required.filter((place) => places[place].includes('AllowAuthenticationGracePeriod'));
  const where = namesOfPlaces(required);
  const evidence = { places: required, requireAuthGracePeriodSeconds: device.requireAuthGracePeriodSeconds };
  if (graced.length < required.length || device.requireAuthGracePeriodSeconds === 0)
    return {
      severity: 'high',
      summary: `This account is not registered, and RequireAuthentication applies at ${where} without a grace period for it.`,
      evidence: { ...evidence, endsAt: null },
      key: `none ${required.join(' ')}`,
      confirmAfter: registersWithin,
    };
  const { configuredAt } = facts.device;
  if (configuredAt === null || device.requireAuthGracePeriodSeconds === null) return 'unknown';
  const ends = configuredAt + device.requireAuthGracePeriodSeconds * second;
  if (input.now <= ends - warnedBefore) return null;
  const over = input.now >= ends;
  const endsAt = toIso(ends);
  return {
    severity: 'high',
    summary: over
      ? `This account is not registered, and its grace period ended at ${endsAt}: ${where} can refuse it.`
      : `This account is not registered, and its grace period ends at ${endsAt}: ${where} can refuse it then.`,
    evidence: { ...evidence, endsAt },
    key: `${over ? 'over' : 'ends'} ${endsAt} ${required.join(' ')}`,
  };
}
