/**
 * Apple's names of a user's states, in lower case without `POUserState`, with the number of the state that
 * they mean. The names of a new user's states and their order are presumed from public decompiles.
 */
const numberOfName: ReadonlyMap<string, number> = new Map([
  ['normal', 0],
  ['needsnewkeys', 1],
  ['needsauthentication', 1],
  ['needsregistration', 2],
  ['newuser', 4],
  ['newpassworduser', 4],
  ['userkeyinvalid', 5],
  ['keyinvalid', 5],
  ['newsecureenclaveuser', 6],
  ['newsmartcarduser', 7],
]);

/** `(null)`: macOS has no name for the number. */
function hasName(label: string | null): label is string {
  return label !== null && label !== '(null)';
}

function bareName(label: string): string {
  return label.toLowerCase().replace(/^pouserstate/, '');
}

/**
 * The state that a name and a number mean. The name counts first: a macOS version can give a number another
 * meaning. Null: a name that is not in the list above, such as `POUserStateNeedsBinding` of macOS 27, or
 * neither name nor number.
 */
export function userStateOf(number: number | null, label: string | null): number | null {
  if (!hasName(label)) return number;
  return numberOfName.get(bareName(label)) ?? null;
}

/** The name of a state whose meaning is not in the list above. */
export function unlistedStateName(label: string | null): string | null {
  return hasName(label) && userStateOf(null, label) === null ? label : null;
}

/** macOS 27: the tokens have to be bound to the keys again. The number of the state is not known. */
export function needsBinding(label: string | null): boolean {
  return hasName(label) && bareName(label) === 'needsbinding';
}
