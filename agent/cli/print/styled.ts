import { styleText } from 'node:util';
import { mayBeTerminal } from './standard-output.ts';

type Style = Parameters<typeof styleText>[0];

/** Styles the text on a terminal only. `styleText` respects NO_COLOR and FORCE_COLOR. */
export function styled(style: Style, text: string): string {
  if (!mayBeTerminal() && process.env.FORCE_COLOR === undefined) return text;
  return styleText(style, text, { stream: process.stdout });
}
