/** When the account of a structure was read last, whether or not it said where it is. */
const statement = 'alter table structure add column read_at text'

export const up = { sqlite: statement, postgres: statement }
