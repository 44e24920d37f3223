import { describe, expect, test } from 'vitest';
import { Redactor } from '../../agent/mac/redact/redactor.ts';
import { seeded } from './judged.ts';

describe('stand-ins', () => {
  test('are equal for equal names in any spelling, and differ for different names', () => {
    const redactor = seeded();
    expect(redactor.name('Zoë')).toBe(redactor.name('Zoe\u0308'));
    expect(redactor.name('ALEX').toLowerCase()).toBe(redactor.name('alex'));
    expect(redactor.domain('MÜLLER.example.')).toBe(redactor.domain('xn--mller-kva.example'));
    expect(redactor.guid('AAAAAAAA-1111-4111-8111-111111111111').toLowerCase()).toBe(
      redactor.guid('aaaaaaaa-1111-4111-8111-111111111111'),
    );
    const many = Array.from({ length: 5000 }, (_, index) => redactor.name(`name ${index}`));
    expect(new Set(many).size).toBe(many.length);
    expect(redactor.counts).toMatchObject({ names: 5002, domains: 1, ids: 1, keys: 0 });
  });

  test('two names with the same first stand-in get different ones', () => {
    const always = new Redactor({
      derive: (kind, value) => Buffer.alloc(32, value.includes('\0') ? 1 : 2).fill(kind, 8),
    });
    expect(always.name('a')).not.toBe(always.name('b'));
    expect(always.name('b')).toBe(always.name('b'));
  });

  test.each(['DEADBEEF00112233', 'deadbeef', 'YWJjZA==', 'ab-_cd', 'x'])(
    'a key keeps its length and letters: %s',
    (key) => {
      const made = seeded().key(key);
      expect(made).not.toBe(key);
      expect(made.length).toBe(key.length);
      expect(made.endsWith('=')).toBe(key.endsWith('='));
    },
  );

  test.each([
    ['alex@contoso.example', /^name-\w+@org-\w+\.example$/],
    ['alex\\@contoso.example@CONTOSO.EXAMPLE', /^name-\w+\\@org-(\w+)\.example@ORG-\w+\.EXAMPLE$/],
    ['PlatformSSO:alex@contoso.example', /^PlatformSSO:name-\w+@org-\w+\.example$/],
    ['a***@contoso.example', /^n\*\*\*@org-\w+\.example$/],
  ])('%s keeps its form', (text, form) => {
    expect(seeded().principal(text)).toMatch(form);
  });

  test('what every Mac has in common stays', () => {
    const redactor = seeded();
    expect(redactor.domain('login.microsoftonline.com')).toBe('login.microsoftonline.com');
    expect(redactor.realm('KERBEROS.MICROSOFTONLINE.COM')).toBe('KERBEROS.MICROSOFTONLINE.COM');
    expect(redactor.guid('29D9ED98-A469-4536-ADE2-F981BC1D605E')).toBe(
      '29D9ED98-A469-4536-ADE2-F981BC1D605E',
    );
  });
});
