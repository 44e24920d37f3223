import type { LanguageTexts, WindowTexts } from './language-texts.ts';

type PhaseTexts = Omit<WindowTexts, 'methodNotUnderstood'>;
const hasOwn = (texts: WindowTexts, phase: string): phase is keyof PhaseTexts =>
  phase !== 'methodNotUnderstood' && Object.hasOwn(texts, phase);

/**
 * The phase of the password window (detect/window-phase.ts) in one or two sentences. The caller formats
 * `lastConfirmedGood`. A phase of another version counts as `unknown`. `methodNotUnderstood`: of `v_state`.
 */
export function windowSentence(
  phase: string,
  { window }: LanguageTexts,
  parameters: { readonly lastConfirmedGood: string | null; readonly methodNotUnderstood?: string },
): string {
  const { methodNotUnderstood = '' } = parameters;
  if (phase === 'unknown' && methodNotUnderstood !== '')
    return window.methodNotUnderstood(methodNotUnderstood);
  return (hasOwn(window, phase) ? window[phase] : window.unknown)(parameters.lastConfirmedGood);
}

/** The phases in which macOS confirms the password by itself. */
const unattended = ['fresh', 'due', 'hint'];

/**
 * The phase whose sentence fits the headline. Removed Platform SSO has no password window, but had one.
 * `broken`: an issue breaks sign-in, so macOS confirms nothing until it is remedied.
 */
export function windowPhaseToShow(
  headline: string,
  phase: string,
  {
    confirmed,
    broken,
    registered,
  }: { readonly confirmed: boolean; readonly broken: boolean; readonly registered: boolean },
): string {
  if (headline === 'not-configured' && confirmed) return 'removed';
  if (broken && unattended.includes(phase)) return 'suspended';
  // Without a registration, "the Mac password is independent" would mislead.
  const unregistered = headline === 'not-registered' || (broken && !registered);
  return unregistered && phase === 'notApplicable' ? 'suspended' : phase;
}
