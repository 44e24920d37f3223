/** What a macOS banner has room for. */
export const titleLimit = 110;

export const bodyLimit = 230;
