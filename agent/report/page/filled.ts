type Value = Node | string;

/** A label with values in the place of its words in braces: `Since {time}.` */
export function filled(label: string, values: Readonly<Record<string, Value>>): Value[] {
  return label.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : (values[part] ?? '')));
}

/** The same for values that are texts. */
export function filledText(label: string, values: Readonly<Record<string, string | number>>): string {
  return label.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
