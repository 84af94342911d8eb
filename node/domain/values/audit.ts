/**
 * The acts that administrators can read: changes of who may sign in, of what other programs may do, of mandates, and of
 * settings; and who has seen the personal data of those who register.
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
  'factor-added',
  'factor-removed',
  'factor-codes-made',
  'factor-reset',
  'settings-changed',
  'directory-joined',
  'code-made',
  'site-admitted',
  'site-refused',
  'site-stopped',
  'site-blocked',
  'site-unblocked',
  'block-list-taken',
  /** The words of the history of a café were deleted. */
  'words-forgotten',
  'mandate-proposed',
  'mandate-withdrawn',
  'mandate-link-shown',
  'mandate-code-made',
  'mandate-agreed',
  'mandate-declined',
  'mandate-appointed',
  'mandate-days-asked',
  'mandate-days-kept',
  'mandate-prolonged',
  'mandate-profile-changed',
  'mandate-ended',
  /** Who has the mailbox of a mandate said that they are not its person. */
  'mandate-disowned',
  /** The list of those who come to a café was read: on a page, on paper, or by a program. */
  'registrations-read',
  /** It was taken as a file. */
  'registrations-taken',
  /** Those who come to a café, or wait, were written to. */
  'registrations-written',
  /** A structure is hosted here from now on; one is suspended, with its reason, or shown again. */
  'structure-made',
  'structure-share',
  'structure-closed',
  'structure-suspended',
  'structure-resumed',
  /** Too many wrong passwords came from one network; no account is known. */
  'sign-in-refused',
] as const
export type AuditAct = (typeof AUDIT_ACTS)[number]
