import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkMistake } from '../../agent/shared/links.ts';

describe('a link for a user', () => {
  test.each([
    'https://help.contoso.com/psso?from=mac&lang=en#steps',
    'mailto:it@contoso.com',
    'tel:+41445550123',
    'jamfselfservice://content?entity=policy&id=13&action=view',
    'munki://detail-CompanyPortal',
    'companyportal://',
    'x-apple.systempreferences:com.apple.Users-Groups-Settings.extension',
  ])('%s is one', (link) => {
    expect(linkMistake(link)).toBeNull();
  });

  test.each([
    ['http://help.contoso.com', 'scheme http,'],
    ['file:///etc/passwd', 'scheme file,'],
    ['javascript:alert(1)', 'scheme javascript,'],
    ['HTTPS://help.contoso.com', 'scheme HTTPS,'],
    ['help.contoso.com', 'without a scheme'],
    ['https://', 'without a host'],
    ['https:help', '%XX'],
    ['https://help.contoso.com/a b', '%XX'],
    ['https://help.contoso.com/$(id)', '%XX'],
    ['tel:1;open -a Calculator', '%XX'],
    ['mailto:it@contoso.com?subject=x&body=y', '%XX'],
    [`https://help.contoso.com/${'x'.repeat(500)}`, 'more than 500'],
  ])('%s is none', (link, why) => {
    expect(linkMistake(link)).toContain(why);
  });

  test('has nothing that a shell reads where a channel may use one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('tel:', 'mailto:', 'x-apple.systempreferences:'),
        fc.string(),
        (scheme, rest) => {
          if (linkMistake(scheme + rest) !== null || rest.startsWith('//')) return;
          expect(rest).toMatch(/^[\w\-.~:/@+,=%]+$/);
        },
      ),
    );
  });
});
