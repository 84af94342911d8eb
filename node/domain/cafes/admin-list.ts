/** Where a structure's own café stands, in the list of its administration; each is in one of them. */
export const ADMIN_LIST_STATES = ['upcoming', 'drafts', 'cancelled', 'past'] as const
export type AdminListState = (typeof ADMIN_LIST_STATES)[number]
