// The parts of macOS's `defaults` and `plutil` that the scripts use: read FILE KEY; write FILE KEY TYPE
// VALUE; convert xml1 FILE; extract KEY FILE, of a JSON object or a property list. `defaults` adds .plist to
// a name without it, and fails for a missing value.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { build, type PlistValue, parse, parseBinary } from 'plist';

const [verb = '', ...args] = process.argv.slice(2);

function load(path: string): Record<string, PlistValue> {
  const bytes = existsSync(path) ? readFileSync(path) : null;
  const isBinary = bytes?.toString('latin1', 0, 6) === 'bplist';
  const value = bytes === null ? {} : isBinary ? parseBinary(bytes) : parse(bytes.toString('utf8'));
  const isDictionary = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isDictionary || value instanceof Date || ArrayBuffer.isView(value))
    throw new Error(`${path} is no dictionary`);
  return Object.fromEntries(Object.entries(value));
}

const withEnding = (path: string) => (path.endsWith('.plist') ? path : `${path}.plist`);

if (verb === 'read') {
  const [path = '', key = ''] = args;
  const value = load(withEnding(path))[key];
  if (value === undefined) {
    console.error(`The domain/default pair of (${path}, ${key}) does not exist`);
    process.exit(1);
  }
  console.log(String(value));
} else if (verb === 'write') {
  const [path = '', key = '', type, value = ''] = args;
  const file = withEnding(path);
  writeFileSync(file, build({ ...load(file), [key]: type === '-bool' ? value === 'true' : value }));
} else if (verb === 'convert') {
  const [, path = ''] = args;
  writeFileSync(path, build(load(path)));
} else if (verb === 'extract') {
  const [key = '', path = ''] = args;
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '{}';
  const read: unknown = text.trimStart().startsWith('{') ? JSON.parse(text) : load(path);
  const [, value] =
    (typeof read === 'object' && read !== null && Object.entries(read).find(([name]) => name === key)) || [];
  // plutil prints the error on standard output.
  console.log(
    typeof value === 'string' ? value : `Could not extract value, error: No value at that key path: ${key}`,
  );
  if (typeof value !== 'string') process.exit(1);
} else {
  console.error(`defaults: the scratch Mac does not know ${verb}`);
  process.exit(1);
}
