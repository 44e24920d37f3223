import stringWidth from 'fast-string-width';

/** A text of Japanese, Chinese or Korean, which breaks between characters and not at spaces alone. */
export const hasWideCharacters = (text: string): boolean =>
  /[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3]/.test(text);

/**
 * The parts of a text between which a line may break: a wide character, or a run of other characters. No line
 * begins with a closing mark, a full stop, a small kana or a prolonged sound mark, and none ends with an
 * opening mark (the line breaking rules of JIS X 4051).
 */
const unbreakable =
  /\s+|[「『（【〈《]*(?:[^\s\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60]+|[^\s])[」』）】〉》。、，．・：；！？％ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〜…]*/gu;

/** Lines of at most `width` columns. A run that is wider, such as an address, has a line of its own. */
export function wrapWide(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.match(unbreakable) ?? []) {
    if (line.trim() === '' || stringWidth((line + part).trimEnd()) <= width) {
      line += line === '' ? part.trimStart() : part;
      continue;
    }
    lines.push(line.trimEnd());
    line = part.trimStart();
  }
  return [...lines, line.trimEnd()];
}
