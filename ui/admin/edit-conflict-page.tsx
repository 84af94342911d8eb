import { momentText } from '../../node/domain/values/date-text.ts'
import type { FormValues } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { messagesFor } from '../locales/messages.ts'
import { AdminPage, type AdminProps } from './layout.tsx'

/** One field that two people changed, with the words that the page shows. */
type Conflict = {
  name: string
  label: string
  theirs: string
  mine: string
  /** The person who changed it meanwhile, where that is known. */
  by: { who: string; at: Temporal.Instant } | undefined
}

/** POST on the form's own address: `csrf`, all that the form held, `asked`*, and `keep.{name}` = `theirs` | `mine`. */
export type EditConflictPageProps = AdminProps & {
  action: string
  /** The page that the form belongs to. */
  current: string
  values: FormValues
  conflicts: readonly Conflict[]
  /** The labels of other fields that somebody else changed, whose new values are kept. */
  kept: readonly string[]
}

/** Shows the fields that two people changed at the same time with both values, of which the person chooses one. */
export function EditConflictPage(props: EditConflictPageProps) {
  const { site, session, action, current, values, conflicts, kept } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.edits
  const people = new Set(conflicts.map(({ by }) => by?.who))
  const [who] = people
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead((people.size === 1 && who) || undefined)}
      {...{ site, session, current }}
      narrow
    >
      <PostForm csrf={session.csrf} action={action} class="stack">
        {Object.entries(values).flatMap(([name, value]) =>
          [value].flat().map((text) => <input type="hidden" name={name} value={text} />),
        )}
        {conflicts.map(({ name, label, theirs, mine, by }) => (
          <fieldset class="choice-group versions">
            <legend>{texts.question(label)}</legend>
            <input type="hidden" name="asked" value={name} />
            <Version
              {...{ name, value: 'theirs', title: texts.theirs, text: theirs || texts.nothing }}
              by={by && [by.who, momentText(by.at, t.lang)].filter(Boolean).join(', ')}
            />
            <Version
              {...{ name, value: 'mine', title: texts.mine, text: mine || texts.nothing }}
              by={texts.you}
            />
          </fieldset>
        ))}
        {kept.length > 0 && <p>{texts.kept(kept.join(', '))}</p>}
        <p class="buttons">
          <button type="submit" class="button">
            {texts.submit}
          </button>
          <Link class="button quiet" href={action}>
            {texts.leave}
          </Link>
        </p>
        <p class="hint">{texts.setAside}</p>
      </PostForm>
    </AdminPage>
  )
}

type VersionProps = {
  name: string
  value: string
  title: string
  by: string | undefined
  text: string
}

const Version = ({ name, value, title, by, text }: VersionProps) => (
  <label class="choice version">
    <input type="radio" name={`keep.${name}`} value={value} required />
    <span>
      <strong>{title}</strong>
      {by && <small>{by}</small>}
      <q>{text}</q>
    </span>
  </label>
)
