/**
 * What sign-in needs, each a key of `v_state`. Yes and no are read on the Mac; without a valid reading the
 * answer is unknown.
 */
export const preconditions = [
  /** The app of the single sign-on extension is installed. */
  'app-installed',
  'mdm-enrolled',
  /** A profile or a declaration with Platform SSO is installed. */
  'profile-installed',
  /** This version understands the sign-in method. */
  'method-known',
  /** The device, the user and the profile have the same sign-in method. */
  'methods-agree',
  'registration-complete',
  'user-state-normal',
  /** The time at which macOS received the tokens is known. */
  'tokens-present',
  /** The tokens are younger than the due time. `no` only once they are overdue. */
  'tokens-fresh',
  /** The tokens have not expired. */
  'tokens-valid',
] as const;
export type Precondition = (typeof preconditions)[number];

export const answers = ['yes', 'no', 'unknown'] as const;
export type Answer = (typeof answers)[number];

export type Preconditions = Readonly<Record<Precondition, Answer>>;

/** Without these, nothing shows that sign-in works. */
const decisive: readonly Precondition[] = [
  'method-known',
  'methods-agree',
  'registration-complete',
  'user-state-normal',
  'tokens-present',
];

/** The issues that show that a precondition is not met. */
const shownBy: { readonly [P in Precondition]?: readonly string[] } = {
  'app-installed': ['company-portal-missing'],
  'mdm-enrolled': ['mdm-enrollment-missing'],
  'profile-installed': ['sso-profile-missing'],
  'methods-agree': ['auth-method-changed-reregister'],
  'user-state-normal': ['password-change-prompt-pending'],
  'tokens-present': ['sso-tokens-missing'],
  'tokens-fresh': ['password-change-window-overdue', 'sso-token-refresh-overdue'],
  'tokens-valid': ['sso-tokens-expired'],
};

export function answersOf(answer: (precondition: Precondition) => Answer): Preconditions {
  return {
    'app-installed': answer('app-installed'),
    'mdm-enrolled': answer('mdm-enrolled'),
    'profile-installed': answer('profile-installed'),
    'method-known': answer('method-known'),
    'methods-agree': answer('methods-agree'),
    'registration-complete': answer('registration-complete'),
    'user-state-normal': answer('user-state-normal'),
    'tokens-present': answer('tokens-present'),
    'tokens-fresh': answer('tokens-fresh'),
    'tokens-valid': answer('tokens-valid'),
  };
}

/** The recorded answers. A missing one, such as of an older version, is unknown. */
export function preconditionsIn(value: (precondition: Precondition) => string | undefined): Preconditions {
  return answersOf((precondition) => answers.find((answer) => answer === value(precondition)) ?? 'unknown');
}

/** An open issue answers no; a "no" whose issue the admin ignores counts as unknown. */
export function withIssues(
  read: Preconditions,
  { open, ignored }: { readonly open: readonly string[]; readonly ignored: readonly string[] },
): Preconditions {
  return answersOf((precondition) => {
    const issues = shownBy[precondition] ?? [];
    if (issues.some((issue) => open.includes(issue))) return 'no';
    const isIgnored = issues.length > 0 && issues.every((issue) => ignored.includes(issue));
    return read[precondition] === 'no' && isIgnored ? 'unknown' : read[precondition];
  });
}

export function notMet(of: Preconditions): Precondition[] {
  return preconditions.filter((precondition) => of[precondition] === 'no');
}

/** The decisive preconditions without an answer. */
export function undecided(of: Preconditions): Precondition[] {
  return decisive.filter((precondition) => of[precondition] === 'unknown');
}
