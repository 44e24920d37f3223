type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value | undefined };

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/**
 * JSON as Apple's NSJSONSerialization prints it with pretty, sortedKeys and withoutEscapingSlashes: two
 * spaces, ` : `, keys sorted regardless of case. A key that is undefined is dropped, as a nil value is.
 */
export function appleJson(value: Value, indent = ''): string {
  if (typeof value === 'number') return appleNumber(value);
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    const items = value.map((item) => inner + appleJson(item, inner));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const lines = Object.entries(value)
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .flatMap(([key, item]) =>
      item === undefined ? [] : [`${inner}${JSON.stringify(key)} : ${appleJson(item, inner)}`],
    );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** Seventeen significant digits, so that 15.2 is printed as 15.199999999999999. */
function appleNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(17).replace(/0+$/, '');
}
