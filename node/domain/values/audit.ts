/**
 * The acts that administrators can read: changes of who may sign in, of what other programs may do, and of settings.
 */
export const AUDIT_ACTS = [
  'member-invited',
  'invitation-withdrawn',
  'role-changed',
  'member-removed',
  'account-made',
  'password-given',
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
  /** Too many wrong passwords came from one network; no account is known. */
  'sign-in-refused',
] as const
export type AuditAct = (typeof AUDIT_ACTS)[number]
