import type { Dialect, Statements } from '../dialect.ts'

/**
 * Counts how often something about a person was deleted or overwritten; the files of the database are then rewritten
 * (`flushErased`), since SQLite leaves copies where a page was split, and PostgreSQL leaves deleted rows in place.
 * `flushed` is the count up to which this was done. Each connection of PostgreSQL has counters of its own, as in
 * `content_version`: one for what is about people, and from 256 on one for the people whom cafés cite, since the tables
 * of cafés are large.
 */
export const erasures = (dialect: Dialect): Statements => [
  `create table erasure (
    writer ${dialect.integer} primary key,
    total ${dialect.integer} not null,
    flushed ${dialect.integer} not null default 0
  ) ${dialect.strict}`,
  ...(dialect.isPostgres
    ? Object.entries({ erased: 0, erased_cafe: 256 }).map(
        ([name, first]) => `create function ${name}() returns trigger language plpgsql as $$ begin
          ${countIn(`${first} + pg_backend_pid() % 256`)}; return null;
        end $$`,
      )
    : []),
  ...PERSONAL.flatMap((personal) => triggersOf(personal, dialect)),
]

const countIn = (writer: string): string =>
  `insert into erasure (writer, total) values (${writer}, 1)
    on conflict (writer) do update set total = erasure.total + 1`

/**
 * A table with texts about people; `columns` are those that can be overwritten while the row stays. `when` says of which
 * rows, `changed` which of them an update takes something from.
 */
type Personal = {
  table: string
  columns?: string
  when?: string
  changed?: string
  isOfCafe?: true
}

const PERSONAL: readonly Personal[] = [
  { table: 'account', columns: 'email, asked_email, name' },
  { table: 'session' },
  { table: 'second_factor', columns: 'secret' },
  { table: 'act', columns: 'changes' },
  { table: 'link', columns: 'mailed_to' },
  { table: 'team_invitation', columns: 'email' },
  { table: 'network_manager' },
  {
    table: 'facilitator',
    columns:
      'name, alias, url, territory, availability, presentation, photo_alt, shown_contact, formats, themes',
  },
  { table: 'facilitator_contact', columns: 'email, next_email' },
  { table: 'facilitator_draft', columns: 'body' },
  { table: 'facilitator_entry' },
  { table: 'facilitator_picture', columns: 'bytes' },
  { table: 'consent' },
  { table: 'stamp' },
  { table: 'contact_message', columns: 'text' },
  { table: 'kept_file', when: `old.folder = 'media'` },
  { table: 'referent', columns: 'email, name, facilitator_uri' },
  { table: 'referent_consent' },
  { table: 'joining_advice' },
  { table: 'attestation', columns: 'body' },
  { table: 'held_attestation' },
  { table: 'hidden_object', columns: 'uri, reason' },
  { table: 'hidden_elsewhere' },
  { table: 'flag_case', columns: 'uri, name, answer' },
  { table: 'flag', columns: 'words, email' },
  { table: 'appeal', columns: 'words' },
  { table: 'alert', columns: 'email' },
  { table: 'registration', columns: 'name, email, phone, actor_uri, handle, join_uri' },
  { table: 'registration_need' },
  { table: 'registration_answer' },
  { table: 'report', columns: 'words, next_steps, picture, picture_alt, hidden_reason' },
  { table: 'report_question' },
  { table: 'asked_question' },
  { table: 'question_group' },
  { table: 'question_apart' },
  {
    table: 'resource',
    columns: 'author, title, summary, material, themes, description_markdown, description_html',
  },
  { table: 'suggestion', columns: 'email, typed, end_reason' },
  { table: 'cafe_request_visitor' },
  { table: 'mail', columns: 'params, recipient, reply_to' },
  // A café's content is public, and changes all day.
  { table: 'change', when: `old.body not like '%"type":"cafe-%'` },
  { table: 'activity', when: `old.type like 'private-%' or old.type = 'Offer'` },
  { table: 'follower' },
  { table: 'remote_actor' },
  {
    ...{ table: 'cafe', columns: 'speakers', isOfCafe: true },
    ...{ when: `old.speakers <> '[]'`, changed: 'new.speakers <> old.speakers' },
  },
  { table: 'series', columns: 'content', isOfCafe: true },
  { table: 'cafe_picture', columns: 'small, large', when: 'old.small is not null', isOfCafe: true },
]

function triggersOf(
  { table, columns, when, changed, isOfCafe }: Personal,
  { isPostgres }: Dialect,
): string[] {
  const does = isPostgres
    ? `execute function ${isOfCafe ? 'erased_cafe' : 'erased'}()`
    : `begin ${countIn('0')}; end`
  return ['delete', ...(columns ? [`update of ${columns}`] : [])].map((event) => {
    const conditions = [when, event === 'delete' ? undefined : changed].filter((each) => each)
    const row = `for each row when (${conditions.join(' and ')})`
    const each = conditions.length > 0 ? row : isPostgres ? 'for each statement' : ''
    return `create trigger erased_${table}_${event.slice(0, 6)} after ${event} on ${table} ${each} ${does}`
  })
}
