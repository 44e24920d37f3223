/** A sentence of the history with its instants (ISO 8601, UTC) as `say` has them. */
export function withInstants(text: string, say: (iso: string) => string): string {
  return text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, say);
}
