/**
 * « À faire » by mail, per account. `to_do_mail`: how often its person wants it; null where they have not said.
 * `to_do_seen_on`: the day on which it was last looked at whether to write, `to_do_told_on` of the last mail;
 * `to_do_seen`: what waited then, a JSON object of counts by kind.
 */
export const toDoMails = (): string[] => [
  `alter table account add column to_do_mail text check (to_do_mail in ('daily', 'weekly', 'never'))`,
  'alter table account add column to_do_seen_on text',
  'alter table account add column to_do_told_on text',
  'alter table account add column to_do_seen text',
]
