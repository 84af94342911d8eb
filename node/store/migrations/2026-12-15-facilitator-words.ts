/** The words of a profile are in `facilitator_entry`, as each audience may find it by them; here nobody asks for them. */
const forgotten = 'alter table facilitator drop column search_text'

export const up = { sqlite: forgotten, postgres: forgotten }
