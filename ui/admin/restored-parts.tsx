import { clock, longDate, momentText } from '../../node/domain/values/date-text.ts'
import { Choices, type FormState } from '../components/fields.tsx'
import { Form, PostForm } from '../components/link.tsx'
import type { AdminSession } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** Parts of the page about backups after a restore: what the directories say was deleted since the backup. */

export type QuestionProps = {
  isClosed: boolean
  directories: readonly {
    host: string
    state: 'waiting' | 'answered' | 'unable'
    problem?: 'unreachable' | 'unknown' | 'endless' | undefined
  }[]
}

export type ClaimProps = {
  items: readonly {
    /** The value of the item's field in the form. */
    value: string
    name: string
    startsAt: Temporal.Instant | undefined
    timezone: string | undefined
    directory: string
    at: Temporal.Instant
  }[]
  total: number
  /** How many other cafés and profiles this site shows. */
  shown: number
  /** What is wrong with the form that was sent. */
  message?: string | undefined
}

type PartProps = { session: AdminSession; t: Messages }

/**
 * Lists the directories that the site asks and those that have not answered, with a button to open the site without
 * them.
 */
export const QuestionsPart = ({ isClosed, directories, session, t }: QuestionProps & PartProps) => {
  const texts = t.safety.restored
  const open = directories.filter(({ state }) => state !== 'answered')
  if (open.length === 0) return null
  return (
    <section class="notice" aria-labelledby="demande">
      <h2 id="demande">{isClosed ? texts.closedTitle : texts.openTitle}</h2>
      {open.map(({ host, state, problem }) => (
        <p>{texts.states[problem ?? state](host)}</p>
      ))}
      {isClosed && (
        <>
          <p>{texts.openHow}</p>
          <PostForm csrf={session.csrf} action={paths.openPages} class="inline">
            <button type="submit" class="button quiet">
              {texts.open}
            </button>
          </PostForm>
        </>
      )}
    </section>
  )
}

export type RecoveryStateProps = {
  host: string
  state: 'waiting' | 'granted' | 'refused' | 'unable'
  servers: number
}

/** Says whether the followers of a site that lost all its data will get its announcements again. */
export const RecoveryPart = ({
  host,
  state,
  servers,
  t,
}: RecoveryStateProps & Pick<PartProps, 't'>) => {
  const texts = t.safety.recovered
  return (
    <section class="panel" aria-labelledby="abonnes">
      <h2 id="abonnes">{texts.title}</h2>
      <p>{texts.states[state](host, servers)}</p>
    </section>
  )
}

/** Lists what is hidden until the team decides, with a button for each of the two answers. */
export const ClaimsPart = ({
  items,
  total,
  shown,
  message,
  t,
}: ClaimProps & Pick<PartProps, 't'>) => {
  const texts = t.safety.restored
  if (total === 0) return null
  const form = formOfClaims({ items, total, message }, t)
  return (
    <section class="panel" aria-labelledby="effaces">
      <h2 id="effaces">{texts.claimsTitle(total)}</h2>
      <p>{texts.claims}</p>
      {isMuch(total, shown) && <p>{texts.much(total, shown)}</p>}
      <Form method="get" action={paths.claims} novalidate>
        <Choices
          form={form}
          name="quoi"
          type="checkbox"
          isLong
          choices={items.map((item) => [item.value, claimTextOf(item, t)])}
        />
        <p class="buttons">
          <button type="submit" name="choix" value="effacer" class="button">
            {texts.confirm}
          </button>
          <button type="submit" name="choix" value="remettre" class="button quiet">
            {texts.reject}
          </button>
        </p>
      </Form>
    </section>
  )
}

/** Returns the form's values: all items shown are ticked, unless none was ticked in the form that was sent. */
export const formOfClaims = (
  { items, total, message }: Pick<ClaimProps, 'items' | 'total' | 'message'>,
  t: Messages,
): FormState => ({
  values: { quoi: message === undefined ? items.map(({ value }) => value) : [] },
  messages: message === undefined ? [] : [{ name: 'quoi', message }],
  labels: { quoi: t.safety.restored.which },
  hints: total > items.length ? { quoi: t.safety.restored.whichHint } : {},
  t,
})

/**
 * Returns whether the deletions are so many that a mistake or a false claim is likely: a team rarely deletes most of
 * what it announces.
 */
const isMuch = (total: number, shown: number): boolean => total >= 10 && total > shown

/** Returns the name of an item, the time it was to take place, and the directory that says that it was deleted. */
export function claimTextOf(
  { name, startsAt, timezone, directory, at }: Omit<ClaimProps['items'][number], 'value'>,
  t: Messages,
): string {
  const start = startsAt?.toZonedDateTimeISO(timezone ?? 'Europe/Paris')
  const when = start && `${longDate(start, t.lang)}, ${clock(start, t.lang)}`
  return t.safety.restored.claim({ name, when, directory, at: momentText(at, t.lang) })
}
