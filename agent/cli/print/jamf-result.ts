const instant = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/;

/** The line as Jamf Pro's <result>. An instant gets the form of Jamf Pro's type Date, and stays in UTC. */
export function jamfResult(line: string): string {
  const [, day, time] = instant.exec(line) ?? [];
  const text = day === undefined ? line : `${day} ${time}`;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<result>${escaped}</result>`;
}
