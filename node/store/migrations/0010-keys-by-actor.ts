/**
 * Adds an index for the dates of an account's keys, which are read for each signature, since another process may have
 * changed them.
 */
export const keysByActor = (): string => `
create index actor_key_actor on actor_key (actor);
`
