import {
  attendanceModeOf,
  type Cafe,
  endsAtPlace,
  isUnfinished,
  startsAtPlace,
} from '../../node/domain/cafes/cafe.ts'
import { venueText } from '../../node/domain/cafes/venue.ts'
import {
  clock,
  dayHeading,
  shortDate,
  timeRange,
  zoneName,
} from '../../node/domain/values/date-text.ts'
import type { CopiedPicture } from '../../node/domain/values/image.ts'
import { distance } from '../../node/domain/values/number-text.ts'
import { Link } from '../components/link.tsx'
import { Thumb } from '../components/photo.tsx'
import { Time } from '../components/time.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { Freshness, type Source } from './freshness.tsx'
import { type CafeState, isClosed, stateOf } from './state.ts'

/** A café in a list, with what the list shows of it. */
export type ListedCafe = {
  cafe: Cafe
  /** The address of its page on this site. */
  href: string
  distanceKm?: number | undefined
  /** Whether the distance is that of the town, because the coordinates of the venue are unknown. */
  approximate?: boolean | undefined
  /** The copy of a picture that another server holds. */
  copy?: CopiedPicture | undefined
  /** The server that the café comes from; undefined for our own. */
  source?: Source | undefined
  /** Other cafés of the same structure on the same day, which the list does not show but links to. */
  others?: { href: string; total: number; isMore: boolean; areCancelled: boolean } | undefined
}

type Level = 2 | 3 | 4

/** A heading of the level that the page needs, such as `<h3>`. */
function Heading({ level, id, children }: { level: Level; id?: string; children?: unknown }) {
  const Tag = `h${level}` as 'h2'
  return <Tag id={id}>{children}</Tag>
}

type Shared = { now: Temporal.Instant; t: Messages }

/** Lists cafés under the day on which they take place, in their own time zone. */
export function CafeDays({
  cafes,
  level,
  ...shared
}: Shared & { cafes: ListedCafe[]; level: 2 | 3 }) {
  const cardLevel = level === 2 ? 3 : 4
  return (
    <>
      {byDay(cafes).map(({ day, listed, start }) => (
        <section class="day" aria-labelledby={`jour-${day}`}>
          <Heading level={level} id={`jour-${day}`}>
            {sentenceCase(dayHeading(start, today(shared.now, start), shared.t.lang))}
          </Heading>
          <ul class="cafes">
            {listed.map((item) => (
              <li>
                <CafeCard {...item} {...shared} level={cardLevel} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** Lists cafés in the given order (usually by distance), each with its date. */
export const CafeList = ({
  cafes,
  level,
  isPlain,
  ...shared
}: Shared & {
  cafes: ListedCafe[]
  level: Level
  /** Whether pictures are left out, where the cards are narrow. */
  isPlain?: boolean
}) => (
  <ul class="cafes">
    {cafes.map((item) => (
      <li>
        <CafeCard {...item} {...shared} level={level} isPlain={isPlain} withDate />
      </li>
    ))}
  </ul>
)

type CardProps = ListedCafe &
  Shared & { level: Level; withDate?: boolean; isPlain?: boolean | undefined }

function CafeCard({ cafe, href, level, withDate, isPlain, now, t, ...found }: CardProps) {
  const state = stateOf(cafe, now)
  return (
    <article class={state ? `cafe is-${state}` : 'cafe'}>
      <Heading level={level}>
        <CafeLink cafe={cafe} href={href} state={state} t={t} />
      </Heading>
      <When cafe={cafe} withDate={withDate ?? false} t={t} postponed={state === 'postponed'} />
      <p class="place">{placeOf(cafe, t)}</p>
      {found.distanceKm !== undefined && (
        <p class="km">{distance(found.distanceKm, found.approximate, t.lang)}</p>
      )}
      <Tags texts={tagsOf(cafe, state, t)} />
      {!isPlain && <Thumb cafe={cafe} copy={found.copy} />}
      <OthersLink cafe={cafe} others={found.others} t={t} />
      <Freshness cafe={cafe} source={found.source} now={now} t={t} />
    </article>
  )
}

type LinkProps = Pick<ListedCafe, 'cafe' | 'href'> & { state: CafeState; t: Messages }

/** The title as a link to the café, after its state: « Annulé : ». */
export const CafeLink = ({ cafe, href, state, t }: LinkProps) => (
  <Link href={href}>
    {state && <span class="state">{t.cafe.state[state]}</span>}
    <UserText cafe={cafe} t={t}>
      {cafe.title}
    </UserText>
  </Link>
)

/** A link to the other cafés that this entry stands for. */
export const OthersLink = ({
  cafe,
  others,
  t,
}: Pick<ListedCafe, 'cafe' | 'others'> & { t: Messages }) =>
  others ? (
    <p class="others">
      <Link href={others.href}>{t.find.others(others, cafe.organizer.name)}</Link>
    </p>
  ) : null

function When({
  cafe,
  withDate,
  postponed,
  t,
}: {
  cafe: Cafe
  withDate: boolean
  postponed: boolean
  t: Messages
}) {
  if (postponed) return <p class="when">{t.cafe.dateToCome}</p>
  const start = startsAtPlace(cafe)
  const end = endsAtPlace(cafe)
  const hours = timeRange(start, end, t.lang)
  const abroad = cafe.timezone !== 'Europe/Paris'
  return (
    <p class="when">
      {withDate && <b>{sentenceCase(shortDate(start, t.lang))}</b>}
      {withDate ? ' ' : ''}
      <Time
        at={start}
        text={start.toPlainDate().equals(end.toPlainDate()) ? hours : clock(start, t.lang)}
      />
      {abroad && <small> {zoneName(cafe.timezone, t.lang)}</small>}
    </p>
  )
}

const Tags = ({ texts }: { texts: string[] }) =>
  texts.length > 0 ? (
    <ul class="tags">
      {texts.map((word) => (
        <li>{word}</li>
      ))}
    </ul>
  ) : null

/** Returns the few facts by which people choose a café: its format, how to enter, for whom it is. */
export function tagsOf(cafe: Cafe, state: CafeState, t: Messages): string[] {
  const { mode } = cafe.registration
  const entry = {
    none: t.cafe.freelyShort,
    local: t.cafe.onSiteShort,
    external: t.cafe.registrationShort,
    phone: t.cafe.byPhone,
  }[mode]
  return [
    ...(cafe.openTo === 'reserved' ? [t.cafe.reserved] : []),
    ...(cafe.format ? [sentenceCase(cafe.format)] : []),
    ...(attendanceModeOf(cafe) === 'mixed' ? [t.cafe.onlineToo] : []),
    ...(isClosed(state) || state === 'full' ? [] : [entry]),
  ]
}

/**
 * Returns in a few words where a café takes place: online, or its venue and town; the town is not repeated where the
 * venue's name has it.
 */
export function placeOf(cafe: Cafe, t: Messages): string {
  const { venue } = cafe
  if (isUnfinished(cafe) && !venue) return t.cafe.placeToCome
  if (!venue || attendanceModeOf(cafe) === 'online') return t.cafe.online
  return venueText(venue)
}

const today = (now: Temporal.Instant, place: Temporal.ZonedDateTime): Temporal.PlainDate =>
  now.toZonedDateTimeISO(place.timeZoneId).toPlainDate()

type Day = { day: string; listed: ListedCafe[]; start: Temporal.ZonedDateTime }

/**
 * Groups cafés by their local date: with overseas time zones, cafés in the order of their instants may alternate
 * between two dates.
 */
function byDay(cafes: ListedCafe[]): Day[] {
  const days = new Map<string, Day>()
  for (const item of cafes) {
    const start = startsAtPlace(item.cafe)
    const day = start.toPlainDate().toString()
    const known = days.get(day)
    if (known) known.listed.push(item)
    else days.set(day, { day, listed: [item], start })
  }
  const order = isDescending(cafes) ? -1 : 1
  return [...days.values()].sort((a, b) => order * a.day.localeCompare(b.day))
}

function isDescending(cafes: ListedCafe[]): boolean {
  const first = cafes[0]?.cafe.startsAt
  const last = cafes.at(-1)?.cafe.startsAt
  return first !== undefined && last !== undefined && Temporal.Instant.compare(first, last) > 0
}
