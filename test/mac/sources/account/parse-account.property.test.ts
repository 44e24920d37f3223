import fc from 'fast-check';
import { build } from 'plist';
import { expect, it } from 'vitest';
import { parseAccount } from '../../../../agent/mac/sources/account/parse-account.ts';
import { account } from '../../../../agent/shared/observation.ts';

const secret = 'zzsecretzz';
const seconds = fc.double({ min: 1, max: 4_000_000_000, noNaN: true });

function recordText(created: number, changed: number, identities: string[]): string {
  return build({
    'dsAttrTypeNative:accountPolicyData': [build({ creationTime: created, passwordLastSetTime: changed })],
    'dsAttrTypeStandard:AltSecurityIdentities': identities,
    'dsAttrTypeStandard:RealName': [`Alex ${secret}`],
  });
}

it('answers any text, in the shape of the contract', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `accountPolicyData:\n ${text}`),
      ),
      (text) => {
        expect(account.parse(parseAccount(text))).toEqual(parseAccount(text));
      },
    ),
    { numRuns: 300 },
  );
});

it('keeps the times to the millisecond and lets no name out', () => {
  const names = fc.array(fc.constantFrom('Kerberos:', 'PlatformSSO:', 'X509:'), { maxLength: 3 });
  fc.assert(
    fc.property(seconds, seconds, names, (created, changed, prefixes) => {
      const text = recordText(
        created,
        changed,
        prefixes.map((prefix) => `${prefix}${secret}@example.com`),
      );
      const answer = parseAccount(text);
      expect(Math.abs(Date.parse(answer.createdAt ?? '') - created * 1000)).toBeLessThanOrEqual(1);
      expect(Math.abs(Date.parse(answer.passwordLastSetAt ?? '') - changed * 1000)).toBeLessThanOrEqual(1);
      expect(answer.platformSsoLinked).toBe(prefixes.includes('PlatformSSO:'));
      expect(JSON.stringify(answer)).not.toContain(secret);
    }),
    { numRuns: 100 },
  );
});

it('a record that is cut off anywhere invents nothing and lets no name out', () => {
  const text = recordText(1_700_000_000, 1_750_000_000, [`PlatformSSO:${secret}`]).trimEnd();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 1 }), (end) => {
      const answer = parseAccount(text.slice(0, end));
      expect(answer).toMatchObject({ createdAt: null, passwordLastSetAt: null, platformSsoLinked: null });
      expect(JSON.stringify(answer)).not.toContain(secret);
    }),
    { numRuns: 100 },
  );
});
