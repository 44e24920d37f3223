/** Characters that a macOS banner shows. */
export const titleLimit = 110;

export const bodyLimit = 230;
