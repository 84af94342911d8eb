import { clock, longDate, momentText } from '../../node/domain/values/date-text.ts'
import { Choices, type FormState } from '../components/fields.tsx'
import { Form, Link, PostForm } from '../components/link.tsx'
import type { AdminSession } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** Parts of the page about backups after a restore: what the directories say that they know of this site. */

export type RestorationProps = {
  isLost: boolean
  isClosed: boolean
  directories: readonly {
    uri: string
    state: 'waiting' | 'answered' | 'refused' | 'unable'
    problem?: 'unreachable' | 'unknown' | 'endless' | undefined
    servers: number
    taken: number
    refused: number
  }[]
  /** Cafés that were changed after the backup and, in another way, here since the restore. */
  conflicts: readonly { id: string; title: string }[]
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

/** Lists what became of the questions to directories, with a button to open the site without their answers. */
export const RestorationPart = ({ session, t, ...restoration }: RestorationProps & PartProps) => {
  const texts = t.safety.restored
  const { isLost, isClosed, conflicts } = restoration
  const lines = listDirectoryTexts(restoration, t)
  if (lines.length === 0) return null
  const isAnswered = restoration.directories.every(({ state }) => state === 'answered')
  const openTitle = isAnswered ? texts.answeredTitle : texts.openTitle
  const title = isLost ? texts.lostTitle : isClosed ? texts.closedTitle : openTitle
  return (
    <section class={isLost || isAnswered ? 'panel' : 'notice'} aria-labelledby="demande">
      <h2 id="demande">{title}</h2>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
      {conflicts.length > 0 && (
        <>
          <p>{texts.conflicts}</p>
          <ul>
            {conflicts.map(({ id, title }) => (
              <li>
                <Link href={paths.editCafe(id)}>{title}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
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

/** Says of each directory what it has not answered, and what came back from it. */
export const listDirectoryTexts = (
  { isLost, directories }: Pick<RestorationProps, 'isLost' | 'directories'>,
  t: Messages,
): string[] => {
  const { restored } = t.safety
  const { states, lostStates } = restored
  return directories.flatMap(({ uri, state, problem, servers, taken, refused }) => {
    const { host } = new URL(uri)
    if (isLost) return lostStates[state](host, servers)
    return [
      ...(state === 'answered' || state === 'refused' ? [] : [states[problem ?? state](host)]),
      ...(taken > 0 ? [restored.taken(taken, host)] : []),
      ...(refused > 0 ? [restored.refused(refused, host)] : []),
    ]
  })
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
