import { describe, expect, it } from 'vitest';
import { parseAppSso } from '../../../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { device, login, notConfigured, print, printJson } from './printed-app-sso.ts';

describe('the layout', () => {
  const plain = parseAppSso(print());

  it.each([
    ['shell prompts around it', `robin@mac ~ % app-sso platform -s\n${print()}robin@mac ~ % \n`],
    ['log lines before it', `2026-02-03 08:00:00.1 app-sso[11:22] note\nobjc[11]: {\n${print()}`],
    ['CRLF line ends', print().replaceAll('\n', '\r\n')],
    ['no space before the brace', print().replaceAll('\n {', '\n{').replaceAll('\n (null)', '\n(null)')],
    ['four spaces of indentation', print().replace(/^( +)"/gm, '$1$1"')],
    ['tabs', print().replace(/^ {2}"/gm, '\t"')],
    ['blanks after a header', print().replace('User Configuration:', 'User Configuration:  ')],
    ['no line end at the end', print().trimEnd()],
    ['unknown keys', print({ device: { ...device, somethingNew: { deep: [1, { a: '}' }] } } })],
    ['no login section', print({ login: 'missing' })],
    ['another order', inAnotherOrder()],
  ])('may have %s', (_, text) => {
    expect(parseAppSso(text)).toEqual(plain);
  });

  function inAnotherOrder(): string {
    const [time = '', deviceSection = '', loginSection = '', userSection = '', tokenSection = ''] =
      print().split(/(?=^(?:Device|Login|User) Configuration:|^SSO Tokens:)/m);
    return [time, userSection, tokenSection, loginSection, deviceSection].join('');
  }

  it('is not misled by a string that says what a header says', () => {
    const text = print({
      login: {
        ...login,
        accountDisplayName: '\nUser Configuration:\n (null)\n',
        note: 'Device Configuration:',
      },
    });
    expect(parseAppSso(text)).toEqual(plain);
  });

  it('skips an unknown section with a warning', () => {
    const text = print().replace(
      'User Configuration:',
      `Guest Configuration:\n ${printJson({ state: 7 })}\n\nUser Configuration:`,
    );
    expect(parseAppSso(text)).toEqual({
      ...plain,
      warnings: ['sections that are not known were passed over: 1'],
    });
  });

  it('says when lines between sections belong to none', () => {
    const text = print().replace('User Configuration:', '}\nGarbage at end\n\nUser Configuration:');
    expect(parseAppSso(text)).toMatchObject({
      status: 'registered',
      warnings: ['lines between the sections that belong to none: 2'],
    });
  });

  it('does without a Time line, or with one in another form', () => {
    expect(parseAppSso(print({ time: null }))).toMatchObject({ status: 'registered', observedAt: null });
    expect(parseAppSso(print({ time: 'yesterday' }))).toMatchObject({
      status: 'registered',
      observedAt: null,
    });
    expect(parseAppSso(print({ time: '2026-02-30 08:00:00 +0000' })).observedAt).toBeNull();
    expect(parseAppSso(print({ time: '2026-02-03 09:00:00 +0100' })).observedAt).toBe('2026-02-03T08:00:00Z');
  });
});

describe('several outputs in one text', () => {
  const later = print({ time: '2026-02-04 08:00:00 +0000', user: null, tokens: null });

  it('takes the last one, and says so', () => {
    const answer = parseAppSso(print() + later);
    expect(answer).toMatchObject({
      status: 'needsAttention',
      observedAt: '2026-02-04T08:00:00Z',
      tokens: null,
    });
    expect(answer.warnings).toEqual(['there are 2 outputs, one after another: the last one was taken']);
  });

  it('takes the last complete one when a later one is cut off', () => {
    const answer = parseAppSso(later + print().slice(0, 900));
    expect(answer).toMatchObject({ status: 'needsAttention', observedAt: '2026-02-04T08:00:00Z' });
    expect(answer.warnings[0]).toContain('a later one is cut off');
  });

  it('takes the last one that is complete when an earlier one is cut off in a body', () => {
    expect(parseAppSso(print().slice(0, 400) + notConfigured).status).toBe('notConfigured');
    expect(parseAppSso(`${print().slice(0, 400)}\n${notConfigured}`).status).toBe('notConfigured');
    expect(parseAppSso(`${print().slice(0, 400)}\n${print()}`).status).toBe('registered');
  });

  it('never puts one output together from two', () => {
    const first = print({ time: null, user: 'missing', tokens: null });
    const second = print({ device: { ...device, registrationCompleted: false } });
    expect(parseAppSso(first + second).status).toBe('notRegistered');
    expect(parseAppSso(first + print({ device: 'missing' })).status).toBe('unknown');

    const tail = print({ time: null, device: 'missing' });
    const head = print({ time: null, user: 'missing', tokens: null });
    expect(parseAppSso(tail + head)).toMatchObject({ status: 'unknown', reason: 'malformed' });
    expect(parseAppSso(`Time: now\n${tail}Time:\n${head}`)).toMatchObject({
      status: 'unknown',
      reason: 'malformed',
    });
  });

  it('distinguishes outputs also where the Time lines are missing', () => {
    const both = print({ time: null }) + print({ time: null, user: null, tokens: null });
    expect(parseAppSso(both)).toMatchObject({ status: 'needsAttention', tokens: null });
  });
});
