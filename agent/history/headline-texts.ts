/** The headlines of `v_state` as sentences. */
export const headlineTexts: Readonly<Record<string, string>> = {
  ok: 'Platform SSO works.',
  'needs-attention': 'Platform SSO needs attention.',
  'not-registered': 'Platform SSO is set up, but not registered.',
  'not-configured': 'Platform SSO is not set up on this Mac.',
  exempt: 'This account is exempt from Platform SSO.',
  unknown: 'Whether Platform SSO works is not known.',
};
