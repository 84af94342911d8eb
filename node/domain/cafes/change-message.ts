import { clock } from '../values/date-text.ts'
import { attendanceModeOf, type Cafe, isFull, isOff } from './cafe.ts'
import { dayText, venueText, whenText, whereText } from './cafe-text.ts'

/**
 * The message that followers get when a café changes, in the words in which one would say it aloud: what is new, and
 * what they knew that no longer holds.
 */

/** The state in which followers know a café. It is kept as JSON until they are told another. */
export type KnownState = {
  /** An instant in ISO 8601. */
  startsAt: string
  /** Another start that some of them have seen since in the café itself, of which no message told. */
  editedStart?: string | undefined
  isCancelled: boolean
  isPostponed: boolean
  isFull: boolean
  /** Where one goes; undefined for a café that is only online. */
  venue?: string | undefined
  /** Whether one can take part online. */
  isOnline: boolean
}

/**
 * Returns what followers know of a café once it has been shown to them. A café that is only online has no venue here.
 */
export function knownStateOf(cafe: ShownToFollowers): KnownState {
  const { startsAt, status, attendanceMode, venue } = cafe
  const isOnlineOnly = !venue || attendanceModeOf(cafe) === 'online'
  return {
    startsAt: startsAt.toString(),
    isCancelled: status === 'cancelled',
    isPostponed: status === 'postponed',
    // Whether there is a seat says nothing of a café that does not take place.
    isFull: isFull(cafe) && !isOff(cafe),
    ...(!isOnlineOnly && { venue: venueText(venue) }),
    isOnline: isOnlineOnly || attendanceMode === 'mixed',
  }
}

/** What of a café makes the state in which followers know it. */
export type ShownToFollowers = Pick<
  Cafe,
  'startsAt' | 'status' | 'attendanceMode' | 'venue' | 'registration'
>

/**
 * Returns whether nothing has changed between two states that messages told followers. Both come from `knownStateOf`,
 * whose fields always have the same order.
 */
export function isSameState(one: KnownState, other: KnownState): boolean {
  const [a, b] = [one, other].map((state) => JSON.stringify({ ...state, editedStart: undefined }))
  return a === b
}

/** A few words for the title of the message, and a sentence for its text. */
type News = [title: string, sentence: string]

/**
 * Makes the message: its first words, which are set in bold, then one text for each line.
 * @param before - The state that followers knew; undefined when that is no longer known.
 */
export function changeMessage(
  before: KnownState | undefined,
  cafe: Cafe,
): { title: string; lines: string[] } {
  const news = newsOf(before, cafe)
  const words = cafe.title.replaceAll('<', '‹').replaceAll('>', '›')
  const facts = isOff(cafe) ? [] : [`📅 ${whenText(cafe)}`, `📍 ${whereText(cafe)}`]
  const note = cafe.statusNote ? [cafe.statusNote] : []
  return {
    title: `${titleOf(news) || TITLES[cafe.status]} : ${words}`,
    lines: [...sentencesOf(news), ...facts, ...note],
  }
}

/**
 * Returns what is new for a person who has a seat, or waits for one; undefined where nothing is. Whether there are other
 * seats is none of it.
 */
export function newsForRegistered(
  before: KnownState,
  cafe: Cafe,
): { title: string; sentences: string[] } | undefined {
  const now = knownStateOf(cafe)
  const known = { ...before, isFull: now.isFull }
  if (isSameState(known, now)) return undefined
  const news = newsOf(known, cafe)
  return { title: titleOf(news), sentences: sentencesOf(news) }
}

const newsOf = (before: KnownState | undefined, cafe: Cafe): News[] =>
  isOff(cafe) ? offNews(before, cafe) : takesPlaceNews(before, cafe)

const titleOf = (news: readonly News[]): string => listText(news.map(([what]) => what))
const sentencesOf = (news: readonly News[]): string[] => news.map(([, sentence]) => sentence)

/** The titles that are used when it is not known what followers knew. */
const TITLES: Record<Cafe['status'], string> = {
  cancelled: 'Annulé',
  postponed: 'Reporté',
  rescheduled: 'Nouvelle date',
  'moved-online': 'En ligne',
  scheduled: 'Changement',
}

/** Returns the news of a café that does not take place on the date that followers had noted. */
function offNews(before: KnownState | undefined, cafe: Cafe): News[] {
  const known = before ? Temporal.Instant.from(before.startsAt) : cafe.startsAt
  const edited = before?.editedStart && Temporal.Instant.from(before.editedStart)
  const since = edited ? `, puis ${dayText(edited, cafe.timezone)},` : ''
  const planned = `Le café prévu ${dayText(known, cafe.timezone)}${since}`
  return cafe.status === 'cancelled'
    ? [['Annulé', `${planned} n’aura pas lieu.`]]
    : [
        [
          'Reporté',
          `${planned} n’aura pas lieu ce jour-là. La nouvelle date n’est pas encore connue.`,
        ],
      ]
}

function takesPlaceNews(before: KnownState | undefined, cafe: Cafe): News[] {
  if (!before) return []
  return [...dateNews(before, cafe), ...placeNews(before, cafe), ...seatNews(before, cafe)]
}

function dateNews(before: KnownState, { startsAt, timezone }: Cafe): News[] {
  const known = Temporal.Instant.from(before.startsAt)
  const [day, knownDay] = [dayText(startsAt, timezone), dayText(known, timezone)]
  const isSame = startsAt.equals(known)
  if (before.isCancelled || before.isPostponed) {
    if (isSame) return [['Maintenu', `Finalement, ce café a bien lieu ${day}.`]]
    return before.isPostponed
      ? [['Nouvelle date', `Ce café, reporté, aura lieu ${day} et non ${knownDay}.`]]
      : [['Maintenu, à une autre date', `Finalement, ce café aura lieu ${day}.`]]
  }
  if (isSame) return []
  const [start, knownStart] = [startsAt, known].map((at) => at.toZonedDateTimeISO(timezone))
  if (start && knownStart && start.toPlainDate().equals(knownStart.toPlainDate()))
    return [
      ['Nouvel horaire', `Ce café commencera à ${clock(start)} et non à ${clock(knownStart)}.`],
    ]
  return [['Nouvelle date', `Ce café aura lieu ${day} et non ${knownDay}.`]]
}

function placeNews(before: KnownState, cafe: Cafe): News[] {
  const { venue, isOnline } = knownStateOf(cafe)
  if (!venue && before.venue) return [['En ligne', 'Ce café aura lieu en ligne, et non sur place.']]
  if (venue && !before.venue)
    return [['Sur place', `Ce café aura lieu sur place, et non en ligne\u00a0: ${venue}.`]]
  const news: News[] = []
  if (venue !== before.venue)
    news.push(['Nouveau lieu', `Le lieu change\u00a0: ${venue}, et non ${before.venue}.`])
  if (isOnline && !before.isOnline)
    news.push(['Aussi en ligne', 'On pourra aussi y participer en ligne.'])
  if (!isOnline && before.isOnline)
    news.push(['Sur place seulement', 'On ne pourra plus y participer en ligne.'])
  return news
}

function seatNews(before: KnownState, cafe: Cafe): News[] {
  if (isFull(cafe) && !before.isFull) return [['Complet', 'Il n’y a plus de place.']]
  if (before.isFull && !isFull(cafe)) return [['Des places', 'Il y a de nouveau de la place.']]
  return []
}

/** Joins the titles into one, e.g. `Nouvelle date, nouveau lieu et complet`. */
function listText(titles: readonly string[]): string {
  const [first = '', ...others] = titles
  const all = [first, ...others.map((title) => title.charAt(0).toLowerCase() + title.slice(1))]
  return all.length < 2 ? first : `${all.slice(0, -1).join(', ')} et ${all.at(-1)}`
}
