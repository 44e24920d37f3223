import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logAnswer, parseLog } from '../../../agent/mac/parse/log.ts';
import { logPatterns, meaningOf, noise } from '../../../agent/mac/parse/log-meanings.ts';

const secret = 'robin.quill@corp.example';
const result = `Login Result = POLoginResultCredentialFailure (4) on <${secret}>`;

/** One record as `log` prints it in each layout; the moment is 2026-02-03 08:00:00.123 UTC. */
const syslog = (message: string, process = 'AppSSOAgent', subsystem = 'com.apple.AppSSO') =>
  `2026-02-03 09:00:00.123456+0100  localhost ${process}[1095]: (PlatformSSO) [${subsystem}:PODiagnostics] ${message}`;
const standard = (message: string, process = 'AppSSOAgent', subsystem = 'com.apple.AppSSO') =>
  `2026-02-03 09:00:00.123456+0100 0x150d23a  Default     0x0                  1095   0    ${process}: (PlatformSSO) [${subsystem}:PODiagnostics] ${message}`;
const compact = (message: string, process = 'AppSSOAgent', subsystem = 'com.apple.AppSSO') =>
  `2026-02-03 09:00:00.123 Df ${process}[1095:3f2a] (PlatformSSO) [${subsystem}:PODiagnostics] ${message}`;
const object = (message: string, process = 'AppSSOAgent', subsystem = 'com.apple.AppSSO') => ({
  timezoneName: '',
  messageType: 'Default',
  eventType: 'logEvent',
  source: null,
  subsystem,
  category: 'PODiagnostics',
  backtrace: { frames: [{ imageOffset: 1764, imageUUID: 'CEAFB0F8' }] },
  processImagePath: `/System/Library/PrivateFrameworks/AppSSO.framework/Support/${process}`,
  timestamp: '2026-02-03 09:00:00.123456+0100',
  eventMessage: message,
});
const ndjson = (message: string, process?: string, subsystem?: string) =>
  JSON.stringify(object(message, process, subsystem)).replaceAll('/', '\\/');
/** As `log show --style json` does: braces in column 0, all else indented. */
const array = (...messages: readonly string[]) =>
  `[${messages.map((message) => JSON.stringify(object(message), null, 2)).join(',')}]\n`;

const entry = {
  at: '2026-02-03T08:00:00.123Z',
  level: 'default',
  process: 'AppSSOAgent',
  category: 'PODiagnostics',
  meaning: 'login-result',
  result: 4,
};

describe('every layout', () => {
  it.each([
    [
      'ndjson',
      `Filtering the log data using "subsystem == \\"com.apple.AppSSO\\""\n${ndjson(result)}\n{"count":1,"finished":1}\n`,
      entry,
    ],
    ['a json array', `Filtering the log data using "process"\n${array(result)}`, entry],
    ['a json array on one line', JSON.stringify([object(result)]), entry],
    ['a json array that another tool printed', JSON.stringify([object(result)], null, 2), entry],
    ['an object over several lines', JSON.stringify(object(result), null, 2), entry],
    [
      'syslog',
      `Timestamp                       (process)[PID]    \n${syslog(result)}\n`,
      { ...entry, level: null },
    ],
    [
      'syslog with a level',
      syslog(result).replace('(PlatformSSO)', '(PlatformSSO) <Error>:'),
      { ...entry, level: 'error' },
    ],
    [
      'default',
      `Timestamp                       Thread     Type        Activity             PID    TTL  \n${standard(result)}\n`,
      entry,
    ],
    ['compact', `Timestamp               Ty Process[PID:TID]\n${compact(result)}\n`, { ...entry, at: null }],
    [
      'a copy of Console',
      `default\t09:00:00.000000+0100\tkernel\tAMFI: x\nerror\t09:00:10.101000+0100\tAppSSOAgent\t${result}\n`,
      { ...entry, at: null, level: 'error', category: null },
    ],
    ['CRLF line ends', `${standard(result)}\r\n`, entry],
  ])('%s gives the same entry', (_, text, expected) => {
    const answer = parseLog(text);
    expect(answer.entries).toEqual([expected]);
    expect(answer.counts).toMatchObject({ recognised: 1, noise: 0, malformed: 0 });
    expect(logAnswer.parse(answer)).toEqual(answer);
  });

  it('with a process whose name has spaces', () => {
    for (const layout of [syslog, standard, compact, ndjson]) {
      expect(parseLog(layout(result, 'Mac SSO Extension', 'com.microsoft.sso')).entries).toMatchObject([
        { process: 'Mac SSO Extension', result: 4 },
      ]);
    }
  });

  it('says when times cannot be placed for want of a zone', () => {
    expect(parseLog(compact(result)).warnings).toEqual([
      'times that name no instant, for want of a zone or a date: 1',
    ]);
    expect(parseLog(standard(result)).warnings).toEqual([]);
  });

  it('passes over other processes, also where their messages sound alike', () => {
    for (const layout of [syslog, standard, compact, ndjson]) {
      const answer = parseLog(layout(result, 'bluetoothd', 'com.example.AppSSO'));
      expect(answer.entries).toEqual([]);
      expect(answer.counts).toMatchObject({ lines: 1, skipped: 1, unfamiliar: 0 });
    }
  });

  it('takes what other processes log for Platform SSO', () => {
    for (const layout of [syslog, standard, compact, ndjson]) {
      expect(parseLog(layout(result, 'loginwindow')).entries).toMatchObject([
        { process: 'loginwindow', result: 4 },
      ]);
    }
  });
});

describe('meanings', () => {
  it.each([
    ['Login Result = POLoginResultSuccess (1)', 'login-result', 1],
    ['login result = 5', 'login-result', 5],
    ['Login Result = (2) on <private>', 'login-result', 2],
    ['Login Result = <private>', 'login-result', null],
    ['user state = 2 on <private>', 'user-state-written', 2],
    ['Authentication failed with invalid credential', 'login-credential-refused', null],
    ['Authentication failed because network is unavailable', 'login-network-unavailable', null],
    ['Authentication failed', 'login-failed', null],
    ['Syncing the local account password to the IdP password', 'password-sync-started', null],
    [
      'Local account password sync failed; continuing with the existing account password',
      'password-sync-failed',
      null,
    ],
    [
      'Local account password change failed for user, including the forced change',
      'password-sync-failed',
      null,
    ],
    ['prefix: Sending registration notification on <POAgent: 0x1>', 'registration-notification', null],
    ['User state is needs registration or key is invalid', 'login-waits-for-registration', null],
    [
      'User state is needs registration, key is invalid, or new user pending registration',
      'login-waits-for-registration',
      null,
    ],
    ['User registration is not usable (state = 5)', 'user-registration-not-usable', 5],
    ['Error deserializing device config.', 'device-configuration-corrupted', null],
    ['-[SOAgent connectionInvalidated]  on <private>', noise, null],
  ])('of %s', (message, meaning, number) => {
    expect(meaningOf(message)).toEqual({ meaning, result: number });
  });

  it('are all reachable: no general text hides a particular one', () => {
    for (const { text, meaning } of logPatterns)
      expect([text, meaningOf(text)?.meaning]).toEqual([text, meaning]);
  });

  it('are kebab-case ids, found by texts in lower case', () => {
    for (const { text, meaning } of logPatterns) {
      expect(meaning).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
      expect(text).toBe(text.toLowerCase());
    }
  });
});

describe('counts', () => {
  it('tell entries, noise, the unfamiliar and the malformed apart', () => {
    const text = [
      'Timestamp                       (process)[PID]    ',
      syslog(result),
      syslog('-[SOAgent connectionInvalidated]  on <private>'),
      syslog(
        '[0x708433a80] invalidated because the client process (pid 1026) exited',
        'AppSSOAgent',
        'com.apple.xpc',
      ),
      syslog('something that was never seen before'),
      syslog('Login Result = 1', 'bluetoothd', 'com.apple.bluetooth'),
      '2026-02-03 09:00:00.123456+0100 AppSSOAgent in no layout',
      ndjson(result).slice(0, 300),
      '',
    ].join('\n');
    const answer = parseLog(text);
    expect(answer.counts).toEqual({
      lines: 8,
      recognised: 3,
      noise: 2,
      skipped: 3,
      unfamiliar: 1,
      malformed: 2,
    });
    expect(answer.entries).toHaveLength(1);
    expect(answer.warnings).toEqual(['lines about Platform SSO in no layout that is known: 2']);
  });

  it('of an array of another tool that is cut off lack its last object only', () => {
    const objects = [result, 'Keys have changed', 'Tokens expire soon'].map((message) => object(message));
    for (const [indent, text] of [2, 4, '\t'].map((by) => [by, JSON.stringify(objects, null, by)] as const)) {
      const { entries, counts } = parseLog(text.slice(0, -40));
      expect(entries, String(indent)).toEqual(parseLog(text).entries.slice(0, 2));
      expect(counts).toMatchObject({ recognised: 2, malformed: 1 });
    }
    const one = objects.map((each) => JSON.stringify(each, null, 2)).join('\n');
    expect(parseLog(one).entries).toEqual(parseLog(JSON.stringify(objects)).entries);
  });

  it('of an array that is cut off lack its last object only', () => {
    const whole = array(result, 'Keys have changed', 'Tokens expire soon');
    const answer = parseLog(whole.slice(0, -60));
    expect(answer.entries.map(({ meaning }) => meaning)).toEqual(['login-result', 'keys-changed']);
    expect(answer.counts).toMatchObject({ lines: 3, recognised: 2, malformed: 1 });
  });

  it('leave out objects without a message', () => {
    const answer = parseLog(
      '{"count":12,"finished":1,"note":"AppSSO"}\n{"eventMessage":null,"subsystem":"com.apple.AppSSO"}\n',
    );
    expect(answer.counts).toMatchObject({ lines: 2, skipped: 2, malformed: 0 });
  });
});

describe('what is no log', () => {
  it.each([
    ['', 'there is no text'],
    ['hello\nworld\n', 'there is no line about Platform SSO'],
    ['[]', 'there is no line about Platform SSO'],
    [
      'log: Could not open local log store: Operation not permitted\n',
      'the log was not readable: macOS lets only administrators read it',
    ],
    [
      "log: Must be admin to run 'stream' command\n",
      'the log was not readable: macOS lets only administrators read it',
    ],
  ])('%j says so in a warning', (text, warning) => {
    expect(parseLog(text)).toMatchObject({ entries: [], warnings: [warning] });
  });
});

describe('every text', () => {
  const message = fc.oneof(
    fc.constantFrom(...logPatterns.map(({ text }) => text)),
    fc.string(),
    fc.constant(result),
  );
  const programs = ['AppSSOAgent', 'loginwindow'];
  const lines = (processes: readonly string[]) => {
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom(syslog, standard, compact, ndjson), message, fc.constantFrom(...processes))
        .map(([layout, text, process]) => layout(`${text} ${secret}`, process)),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('[', ']', '[{', '}', '},{', '{"AppSSO":', '{"eventMessage":5,"AppSSO":1}', 'null', ''),
    );
    return fc.array(line, { maxLength: 12 }).map((all) => all.join('\n'));
  };
  const whole = lines([...programs, secret]);
  // Not of lines by a program whose name is an address: cut, it would look like any other program name.
  const cut = fc
    .tuple(lines(programs), fc.nat(4_000), fc.nat(60))
    .map(([text, at, removed]) => `${text.slice(0, at)}${text.slice(at + removed)}`);

  it('returns counts that add up, and no names', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          whole,
          cut,
          fc.array(message).map((messages) => array(...messages)),
        ),
        (given) => {
          const answer = parseLog(given);
          const { lines, recognised, noise: ignored, skipped, unfamiliar, malformed } = answer.counts;
          expect(recognised + skipped + malformed).toBe(lines);
          expect(answer.entries).toHaveLength(recognised - ignored);
          expect(unfamiliar).toBeLessThanOrEqual(skipped);
          expect(logAnswer.parse(answer)).toEqual(answer);
          expect(JSON.stringify(answer)).not.toContain('robin');
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['lines of others', 'bluetoothd said nothing\n'],
    ['lines of noise', `${syslog('-[SOAgent connectionInvalidated]')}\n`],
    ['braces', '{'],
    ['brackets after our name', 'AppSSO['],
    ['halves of records', '2026-02-03 09:00:00.1+0100  localhost AppSSOAgent['],
    ['nesting', `{"AppSSO":[`],
    ['array openings', '[{\n'],
  ])('of ten megabytes of %s is answered', (_, part) => {
    const answer = parseLog(part.repeat(Math.ceil(10_000_000 / part.length)));
    expect(answer.entries).toEqual([]);
    expect(answer.counts.lines).toBeGreaterThan(0);
  });
});
