/** A value of a redacted property list. */
export type PlistValue = string | number | boolean | PlistValue[] | { [key: string]: PlistValue };
