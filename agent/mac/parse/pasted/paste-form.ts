import { messageLine } from '../log-json.ts';
import { parseLogLine, startsRecord } from '../log-lines.ts';
import { mentionsPlatformSso } from '../log-record.ts';

/** How the output of one source is recognised within other text. */
export interface PasteForm {
  /** Where a line of the output begins in a line: 0 is plain. Null: it is not known to be one. */
  readonly startIn: (line: string) => number | null;
  /** How many lines with the same prefix prove that it is one. */
  readonly leastPrefixed: number;
  /** Whether line ends and quotes are written as in a JSON string. */
  readonly isJsonEscaped: (text: string) => boolean;
  /** Whether `<` or `"` are written as XML entities. */
  readonly isXmlEscaped: (text: string) => boolean;
  /** Words that occur in this output alone. */
  readonly mark: RegExp;
}

/** Characters. */
const longestPrefix = 200;

function bounded(at: number): number | null {
  return at === -1 || at > longestPrefix ? null : at;
}

const headers = ['Device Configuration:', 'Login Configuration:', 'User Configuration:', 'SSO Tokens:'];
const plainHeader = /^(?:(?:Device|Login|User) Configuration|SSO Tokens):[ \t]*$/m;

const appSso: PasteForm = {
  startIn: (line) => {
    const text = line.trimEnd();
    const header = headers.find((name) => text.endsWith(name));
    if (header !== undefined) return bounded(text.length - header.length);
    return bounded(text.slice(0, longestPrefix + 20).search(/Time: \d{4}-\d{2}-\d{2} /));
  },
  leastPrefixed: 2,
  isJsonEscaped: (text) => /(?:Configuration|Tokens):\\+n/.test(text) && !plainHeader.test(text),
  isXmlEscaped: (text) =>
    /^[^"\n]{0,200}&(?:quot|#34);[A-Za-z_]/m.test(text) && !/^[^"\n&]{0,200}"\w/m.test(text),
  mark: /(?:Device|User) Configuration:/,
};

const tagStart = /^([^<]{0,200}?)(?:<\?xml|<!DOCTYPE plist|<\/?plist|<\/?dict>)/;
const attributeStart =
  /^(.{0,200}?)(?:No such (?:key|plist path):|(?:dsAttrType\w{1,40}:)?(?:(?:accountPolicyData|AltSecurityIdentities):|(?:passwordLastSetTime|creationTime|failedLoginCount|failedLoginTimestamp)"?[ \t]*[:=]))/;

/** What dscl and pwpolicy print: property lists, and attributes line by line. */
const propertyList: PasteForm = {
  startIn: (line) => (tagStart.exec(line) ?? attributeStart.exec(line))?.[1]?.length ?? null,
  leastPrefixed: 1,
  isJsonEscaped: (text) =>
    /<(?:plist|\?xml)[^>\n]{0,60}(?:\\"|>\\n)/.test(text) || /\\u003c(?:plist|\?xml)/i.test(text),
  isXmlEscaped: (text) => /&lt;(?:plist|\?xml)/.test(text) && !/<plist[\s>]/.test(text),
  mark: /(?:<|&lt;|\\u003c)(?:plist|\?xml)|accountPolicyData|AltSecurityIdentities|passwordLastSetTime|creationTime|failedLogin/,
};

const recordBegins = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}|\{"|(?:default|info|debug|error|fault)\t/g;
const logHeading = /^(.{0,200}?)(?:Filtering the log data using|Timestamp {3}|\[\{[ \t]*$|\[\{")/;

/** Every message of the layouts ndjson and json has it. */
const messageKey = '"eventMessage"';

const log: PasteForm = {
  startIn: (line) => {
    const heading = logHeading.exec(line);
    if (heading !== null) return heading[1]?.length ?? null;
    if (messageLine.test(line)) return 0;
    if (!mentionsPlatformSso(line)) return null;
    if (/^[ \t]*\{/.test(line) && line.includes(messageKey)) return 0;
    if (parseLogLine(line) !== null) return 0;
    for (const { index } of line.slice(0, longestPrefix).matchAll(recordBegins)) {
      const rest = line.slice(index);
      if (rest.startsWith('{') ? rest.includes(messageKey) : parseLogLine(rest) !== null) return index;
    }
    return startsRecord(line) ? 0 : null;
  },
  leastPrefixed: 1,
  isJsonEscaped: (text) =>
    (/\\n\d{4}-\d{2}-\d{2} |\{\\+"\w{1,40}\\+"/.test(text) &&
      !text.includes(messageKey) &&
      !/\n\d{4}-/.test(text)) ||
    (/\}\\n\{"/.test(text) && !text.includes('\\"')),
  isXmlEscaped: (text) => /\{&(?:quot|#34);/.test(text),
  mark: /AppSSO|PlatformSSO|Mac SSO Extension/,
};

export const pasteForms = { 'app-sso': appSso, account: propertyList, 'password-policy': propertyList, log };
