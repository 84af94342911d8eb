/** The part of the administration's list in which a structure's own café stands; each café is in exactly one. */
export const ADMIN_LIST_STATES = ['upcoming', 'drafts', 'cancelled', 'past'] as const
export type AdminListState = (typeof ADMIN_LIST_STATES)[number]
