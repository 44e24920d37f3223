/** The source of a regular expression that ignores case. */
export const guidShape = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const guid = new RegExp(guidShape, 'i');
const guidLength = 36;

export function isGuid(text: string): boolean {
  return text.length === guidLength && guid.test(text);
}

/** A tenant, a user and a device each are one: no name that is kept for its form may hold it. */
export function holdsGuid(text: string): boolean {
  return guid.test(text);
}
