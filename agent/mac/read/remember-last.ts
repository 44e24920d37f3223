/**
 * A parser that remembers its last answer: most sources say the same thing for weeks, and parsing is the costly part of a look. Only
 * for pure functions, so that it does not matter which Mac of a test asks. `about`: what else the answer depends on, such as the account.
 */
export function rememberLast<I extends string | Uint8Array, T>(
  parse: (input: I, about: string) => T,
): (input: I, about?: string) => T {
  let last: { readonly input: I; readonly about: string; readonly answer: T } | null = null;
  return (input, about = '') => {
    if (last === null || last.about !== about || !sameBytes(last.input, input))
      last = { input, about, answer: parse(input, about) };
    return last.answer;
  };
}

function sameBytes(a: string | Uint8Array, b: string | Uint8Array): boolean {
  if (a === b || typeof a === 'string' || typeof b === 'string') return a === b;
  return Buffer.compare(a, b) === 0;
}
