/** The code of a page: one script and one style sheet. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}
