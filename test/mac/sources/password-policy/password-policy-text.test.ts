import { describe, expect, it, vi } from 'vitest';
import { parsePasswordPolicy } from '../../../../agent/mac/sources/password-policy/parse-password-policy.ts';
import { matches, ofContent, policyText } from './policy-text.ts';

describe('the text around and instead of a policy', () => {
  const text = policyText({ content: [{ content: matches('.{10,}') }] });

  it.each([
    ['a prompt before and after', `alex@Mac ~ % pwpolicy -getaccountpolicies\n${text}alex@Mac ~ % \n`],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['no banner', text.slice(text.indexOf('<?xml'))],
    ['no XML declaration', text.slice(text.indexOf('<plist'))],
  ])('does not mind %s', (_what, pasted) => {
    expect(parsePasswordPolicy(pasted)).toEqual(parsePasswordPolicy(text));
    expect(parsePasswordPolicy(pasted).minLength).toBe(10);
  });

  it.each([
    policyText({}),
    'Getting global account policies\n<plist version="1.0">\n<dict/>\n</plist>\n',
    'Getting global account policies\nNo global account policies have been set.\n',
  ])('no policy is a fact, and not stricter', (none) => {
    expect(parsePasswordPolicy(none)).toEqual({
      rules: [],
      minLength: null,
      stricterThanIdp: false,
      stricter: [],
      unknownRules: [],
      warnings: [],
    });
  });

  it.each(['', 'zsh: command not found: pwpolicy', text.slice(0, -20), '<plist><string>x</string></plist>'])(
    'unreadable text says nothing of the rules',
    (unreadable) => {
      const policy = parsePasswordPolicy(unreadable);
      expect(policy).toMatchObject({ rules: [], minLength: null, stricterThanIdp: null });
      expect(policy.warnings).toHaveLength(1);
    },
  );

  it('a rule or a category of another shape is unknown, not ignored', () => {
    const broken =
      '<plist><dict><key>policyCategoryPasswordContent</key><string>none</string></dict></plist>';
    expect(parsePasswordPolicy(broken).stricterThanIdp).toBeNull();
    const odd =
      '<plist><dict><key>policyCategoryPasswordContent</key><array><integer>3</integer></array></dict></plist>';
    expect(parsePasswordPolicy(odd)).toMatchObject({ stricterThanIdp: null, rules: [{ kind: 'custom' }] });
  });

  it('broken XML prints nothing: standard output belongs to the command', () => {
    const report = vi.spyOn(console, 'error').mockReturnValue(undefined);
    try {
      const replaced = console.error;
      for (const xml of [
        '<plist><dict></plist>',
        '<plist a=b>&foo;<</plist>',
        `<plist>${'<array>'.repeat(9999)}</plist>`,
      ]) {
        expect(parsePasswordPolicy(xml).stricterThanIdp).toBeNull();
      }
      expect(console.error).toBe(replaced);
      expect(report).not.toHaveBeenCalled();
    } finally {
      report.mockRestore();
    }
  });
});

describe('what an admin wrote', () => {
  it('keeps no address of a person', () => {
    const answer = ofContent(
      { content: matches('(a|b)+'), identifier: 'alex.smith@contoso.example custom' },
      { content: matches('.{9,}'), identifier: 'length for sam@contoso.example' },
    );
    expect(JSON.stringify(answer)).not.toContain('contoso');
    expect(answer.unknownRules).toEqual(['<address> custom']);
  });

  it.each(['<dict/>', 'Getting global account policies\n<dict />\n'])('%j is no rules at all', (text) => {
    expect(parsePasswordPolicy(text)).toMatchObject({ rules: [], stricterThanIdp: false, warnings: [] });
  });
});
