/** What administrators can read that was done to who may enter, to what other programs may do, and to settings. */
export const AUDIT_ACTS = [
  'member-invited',
  'invitation-withdrawn',
  'role-changed',
  'member-removed',
  'token-made',
  'token-ended',
  'password-changed',
  'password-removed',
  'settings-changed',
  'directory-joined',
  'code-made',
  'site-admitted',
  'site-refused',
  'site-stopped',
  'site-blocked',
  'site-unblocked',
  /** Nobody did it who is known: too many wrong passwords came from one network. */
  'sign-in-refused',
] as const
export type AuditAct = (typeof AUDIT_ACTS)[number]
