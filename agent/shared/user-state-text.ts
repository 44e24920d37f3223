const stateWords: Readonly<Record<number, string>> = {
  0: 'normal',
  1: 'needs authentication',
  2: 'needs registration',
  4: 'a new user: registration is pending',
  5: 'the key is not valid',
  6: 'a new user: registration is pending',
  7: 'a new user: registration is pending',
};

/** The number of a user's state with its meaning: "1 (needs authentication)"; without a number its name. */
export function userStateText(state: number | null, name: string | null = null): string {
  if (state === null) return name ?? 'unknown';
  return `${state} (${stateWords[state] ?? 'unknown state'})`;
}
