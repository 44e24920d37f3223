/** The user's own settings, beside the database. */
export const userFileName = 'settings.json';
