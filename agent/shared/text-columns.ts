/**
 * The width of a text, in columns: a full-width character of Japanese, Chinese or Korean has two. For limits
 * of what a banner shows, in the agent: a library for it would stay in its memory.
 */
export function textColumns(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}

/** Unicode's East Asian Width W and F, in the basic plane: scripts and their punctuation, without emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u3247\u3250-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6]/g;
