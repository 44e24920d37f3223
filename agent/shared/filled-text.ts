/** A text with values in the place of its words in braces: `Since {time}.` */
export function filledText(label: string, values: Readonly<Record<string, string | number>>): string {
  return label.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
