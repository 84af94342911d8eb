/** The dates of an account's keys are asked for each time that it signs, since another process may have changed them. */
export const keysByActor = (): string => `
create index actor_key_actor on actor_key (actor);
`
