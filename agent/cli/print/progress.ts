import { sanitiseLine } from '../../shared/safe-text.ts';
import { cutText } from './wrap-text.ts';

export interface Progress {
  /** Replaces the line. */
  readonly say: (text: string) => void;
  /** Removes the line, so that the output starts on an empty one. */
  readonly done: () => void;
}

/** A line on standard error that says what a slow command does. Without a terminal it says nothing. */
export function progressLine(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY) return { say: () => {}, done: () => {} };
  const empty = '\r\u001b[K';
  return {
    say: (text) => stderr.write(empty + cutText(sanitiseLine(text), (stderr.columns || 80) - 1)),
    done: () => stderr.write(empty),
  };
}
