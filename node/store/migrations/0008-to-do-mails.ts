/**
 * The mails about what waits (« À faire »), for each account. `to_do_mail` is how often its person wants them, null for
 * the default. `to_do_seen_on` is the day of the last check, `to_do_told_on` that of the last mail; `to_do_seen` is
 * what waited then, a JSON object of counts by kind.
 */
export const toDoMails = (): string[] => [
  `alter table account add column to_do_mail text check (to_do_mail in ('daily', 'weekly', 'never'))`,
  'alter table account add column to_do_seen_on text',
  'alter table account add column to_do_told_on text',
  'alter table account add column to_do_seen text',
]
