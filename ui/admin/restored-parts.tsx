import { clock, longDate, momentText } from '../../node/domain/values/date-text.ts'
import { Choices, type FormState } from '../components/fields.tsx'
import { Form, Link, PostForm } from '../components/link.tsx'
import type { AdminSession } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** Parts of the page about backups after a restore: what the directories say that they know of this site. */

export type RestorationProps = {
  /** When the backup was made. */
  since: Temporal.Instant
  isLost: boolean
  isClosed: boolean
  /** Whether what was changed here of a café of before is told to nobody yet. */
  areEditsHeld: boolean
  directories: readonly {
    uri: string
    state: 'waiting' | 'answered' | 'refused' | 'unable'
    problem?: 'unreachable' | 'unknown' | 'endless' | undefined
    answeredAt?: Temporal.Instant | undefined
    followers?: 'waiting' | 'answered' | 'refused' | 'unable' | undefined
    servers: number
    taken: number
    refused: number
    words: number
    aside: number
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

/** Lists what became of the questions to directories, with a button not to wait for their answers. */
export const RestorationPart = ({ session, t, ...restoration }: RestorationProps & PartProps) => {
  const texts = t.restored
  const { isLost, isClosed, areEditsHeld } = restoration
  const isAnswered = restoration.directories.every(({ state }) => state === 'answered')
  return (
    <section class={isLost || isAnswered ? 'panel' : 'notice'} aria-labelledby="demande">
      <h2 id="demande">{texts[titleOf(restoration)]}</h2>
      {listDirectoryTexts(restoration, t).map((line) => (
        <p>{line}</p>
      ))}
      {(isClosed || areEditsHeld) && (
        <>
          <p>{isClosed ? texts.openHow : texts.sendHow}</p>
          <PostForm csrf={session.csrf} action={paths.openPages} class="inline">
            <button type="submit" class="button quiet">
              {isClosed ? texts.open : texts.send}
            </button>
          </PostForm>
        </>
      )}
    </section>
  )
}

function titleOf({ isLost, isClosed, directories }: RestorationProps) {
  if (isLost) return 'lostTitle'
  if (isClosed) return 'closedTitle'
  if (directories.some(({ state }) => state === 'waiting')) return 'waitingTitle'
  const isAnswered = directories.length > 0 && directories.every((one) => one.state === 'answered')
  return isAnswered ? 'answeredTitle' : 'openTitle'
}

/** Says in what state the convergence with each directory is, what came back, and what no directory can give. */
export const listDirectoryTexts = (
  { since, isLost, areEditsHeld, directories }: Omit<RestorationProps, 'isClosed'>,
  t: Messages,
): string[] => {
  const texts = t.restored
  const backup = momentText(since, t.lang)
  const lines = directories.flatMap((asked) => {
    const { uri, state, problem, servers, followers, taken, refused, words, aside } = asked
    const { host } = new URL(uri)
    if (isLost) return texts.lostStates[state](host, servers)
    const when = momentText(asked.answeredAt ?? since, t.lang)
    return [
      state === 'answered' || state === 'refused'
        ? texts.answered(host, when, taken > 0)
        : texts.states[problem ?? state](host, backup),
      ...(taken > 0 ? [texts.taken(taken, host)] : []),
      ...(words > 0 ? [texts.words(words, host)] : []),
      ...(aside > 0 ? [texts.aside(aside, host)] : []),
      ...(refused > 0 ? [texts.refused(refused, host)] : []),
      ...(followers && state === 'answered' ? [texts.followers[followers](host, servers)] : []),
    ]
  })
  if (isLost) return lines
  return [
    ...(directories.length === 0 ? [texts.noDirectory] : lines),
    ...(areEditsHeld ? [texts.editsHeld] : []),
    texts.never,
  ]
}

/** Says how many cafés have another version in a directory, with the way to the page that compares them. */
export const VersionsPart = ({ total, t }: { total: number; t: Messages }) => {
  const texts = t.restored.versions
  if (total === 0) return null
  return (
    <section class="notice" aria-labelledby="versions">
      <h2 id="versions">{texts.count(total)}</h2>
      <p>{texts.lead}</p>
      <p>
        <Link class="button" href={paths.otherVersions}>
          {texts.see}
        </Link>
      </p>
    </section>
  )
}

/** Says on a form of the place or of a network that what is saved is announced only later. */
export const WordsHeld = ({
  session,
  t,
}: {
  session: Pick<AdminSession, 'isAdministrator'>
  t: Messages
}) => (
  <p class="notice">
    {t.restored.versions.wordsHeld}{' '}
    {session.isAdministrator && <Link href={paths.backups}>{t.safety.backups.title}</Link>}
  </p>
)

/** Lists what is hidden until the team decides, with a button for each of the two answers. */
export const ClaimsPart = ({
  items,
  total,
  shown,
  message,
  t,
}: ClaimProps & Pick<PartProps, 't'>) => {
  const texts = t.restored
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
  labels: { quoi: t.restored.which },
  hints: total > items.length ? { quoi: t.restored.whichHint } : {},
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
  return t.restored.claim({ name, when, directory, at: momentText(at, t.lang) })
}
