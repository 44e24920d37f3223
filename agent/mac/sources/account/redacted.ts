import type { Redaction } from '../../redaction.ts';

export const redaction: Redaction<'account'> = {
  reading(reading) {
    const own = reading.ok ? reading.value.ownPasswordPolicy : undefined;
    if (!reading.ok || own === undefined) return reading;
    // Names of rules are an admin's own words.
    const ownPasswordPolicy = {
      ...own,
      rules: own.rules.map((rule) => ({ ...rule, identifier: null })),
      unknownRules: own.unknownRules.map(() => 'a rule'),
    };
    return { ok: true, value: { ...reading.value, ownPasswordPolicy } };
  },
  scenario: (reading) => ({
    changes: reading.ok ? { passwordLastSetAt: reading.value.passwordLastSetAt } : {},
  }),
};
