/** How the user reaches the helpdesk; null: not set. */
export interface Contacts {
  readonly organizationName: string | null;
  readonly helpdeskName: string | null;
  readonly helpdeskUrl: string | null;
  readonly helpdeskPhone: string | null;
}

/** What the organisation of this Mac set, beside the plain settings. */
export interface Organisation {
  readonly contacts: Contacts;
}

export const noOrganisation: Organisation = {
  contacts: { organizationName: null, helpdeskName: null, helpdeskUrl: null, helpdeskPhone: null },
};
