import { build } from 'plist';
import { always, overridden, printed, type Renderer } from '../../simulated/renderer.ts';

/** The rules of an unmanaged Mac: four characters. */
const stockPolicy = `Getting global account policies
${build({
  policyCategoryPasswordContent: [
    {
      policyContent: "policyAttributePassword matches '.{4,}+'",
      policyContentDescription: { en: 'Enter a password that is four characters or more.' },
      policyIdentifier: 'com.apple.defaultpasswordpolicy.fde',
    },
  ],
})}
`;

/** `pwpolicy -getaccountpolicies`. */
export function renderPasswordPolicy(): string {
  return stockPolicy;
}

export const renderer: Renderer = {
  command: 'pwpolicy',
  answer: (mac) => overridden(mac.passwordPolicy, () => always(printed(renderPasswordPolicy()))),
};
