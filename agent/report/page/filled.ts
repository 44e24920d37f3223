type Value = Node | string;

/** A label with values in the place of its words in braces: `Since {time}.` */
export function filled(label: string, values: Readonly<Record<string, Value>>): Value[] {
  return label.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : (values[part] ?? '')));
}
