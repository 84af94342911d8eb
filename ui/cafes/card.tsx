import {
  attendanceModeOf,
  type Cafe,
  endsAtPlace,
  isUnfinished,
  startsAtPlace,
} from '../../node/domain/cafes/cafe.ts'
import { venueText } from '../../node/domain/cafes/venue.ts'
import { clock, clockRange, nearDay, zoneName } from '../../node/domain/values/date-text.ts'
import type { CopiedPicture } from '../../node/domain/values/image.ts'
import { distance } from '../../node/domain/values/number-text.ts'
import { ScreenIcon } from '../components/icons.tsx'
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
  /** The number of further dates of its series, which the list does not show. */
  laterDates?: number | undefined
}

/** The part of a café's page that lists the dates of its series. */
export const DATES_ID = 'dates'

type Level = 2 | 3 | 4

type Shared = { level: Level; now: Temporal.Instant; t: Messages }

type ListProps = Shared & {
  cafes: readonly ListedCafe[]
  /** The number of the first card, where a map has the same numbers; its pictures are then left out. */
  first?: number | undefined
  /** Whether the cards are small ones side by side, without pictures. */
  isGrid?: boolean | undefined
}

/**
 * Lists cafés in the given order. Each card says when, what, where and how; thirty pictures would make a page several
 * times as large, so that lists beside a map have none.
 */
export function CafeList({ cafes, first, isGrid, ...shared }: ListProps) {
  const items = cafes.map((item, at) => {
    const number = first === undefined ? undefined : first + at
    return (
      <li id={number === undefined ? undefined : `cafe-${number}`}>
        <CafeCard {...item} {...shared} number={number} isPlain={isGrid ?? false} />
      </li>
    )
  })
  if (first === undefined) return <ul class={isGrid ? 'cafes in-grid' : 'cafes'}>{items}</ul>
  return (
    <ol class="cafes numbered" start={first}>
      {items}
    </ol>
  )
}

type CardProps = ListedCafe & Shared & { number: number | undefined; isPlain: boolean }

function CafeCard({ cafe, href, number, isPlain, level, now, t, ...found }: CardProps) {
  const state = stateOf(cafe, now)
  const Heading = `h${level}` as 'h2'
  return (
    <article class={state ? `cafe is-${state}` : 'cafe'}>
      {number !== undefined && (
        <span class="number" aria-hidden="true">
          {attendanceModeOf(cafe) === 'online' ? <ScreenIcon /> : number}
        </span>
      )}
      <Heading>
        <CafeLink cafe={cafe} href={href} state={state} t={t} />
      </Heading>
      <p class="when">
        {state === 'postponed' ? t.cafe.dateToCome : <When cafe={cafe} now={now} t={t} />}
      </p>
      <p class="place">{placeOf(cafe, t)}</p>
      {found.distanceKm !== undefined && (
        <p class="km">{distance(found.distanceKm, found.approximate, t.lang)}</p>
      )}
      <p class="how">{waysOf(cafe, state, t).join(' · ')}</p>
      {number === undefined && !isPlain && <Thumb cafe={cafe} copy={found.copy} />}
      <LaterDates href={href} total={found.laterDates ?? 0} t={t} />
      <OthersLink cafe={cafe} others={found.others} t={t} />
      <Freshness cafe={cafe} source={found.source} now={now} t={t} />
    </article>
  )
}

type LinkProps = Pick<ListedCafe, 'cafe' | 'href'> & { state: CafeState; t: Messages }

/** The title as a link to the café, after its state: « Annulé : ». */
const CafeLink = ({ cafe, href, state, t }: LinkProps) => (
  <Link href={href}>
    {state && <span class="state">{t.cafe.state[state]}</span>}
    <UserText cafe={cafe} t={t}>
      {cafe.title}
    </UserText>
  </Link>
)

/** A link to the further dates of a series, on the page of its next one. */
const LaterDates = ({ href, total, t }: { href: string; total: number; t: Messages }) =>
  total > 0 ? (
    <p class="others">
      <Link href={`${href}#${DATES_ID}`}>{t.series.laterDates(total)}</Link>
    </p>
  ) : null

/** A link to the other cafés that this entry stands for. */
const OthersLink = ({ cafe, others, t }: Pick<ListedCafe, 'cafe' | 'others'> & { t: Messages }) =>
  others ? (
    <p class="others">
      <Link href={others.href}>{t.find.others(others, cafe.organizer.name)}</Link>
    </p>
  ) : null

/** « Demain, 18 h 30 – 20 h », « Jeudi 3 décembre, 18 h 30 – 20 h », on the date and by the clock of the place. */
function When({ cafe, now, t }: { cafe: Cafe; now: Temporal.Instant; t: Messages }) {
  const [start, end] = [startsAtPlace(cafe), endsAtPlace(cafe)]
  const isOneDay = start.toPlainDate().equals(end.toPlainDate())
  const hours = isOneDay ? clockRange(start, end, t.lang) : clock(start, t.lang)
  return (
    <>
      <Time at={start} text={`${sentenceCase(nearDay(start, now, t.lang))}, `} hours={hours} />
      {cafe.timezone !== 'Europe/Paris' && <small> {zoneName(cafe.timezone, t.lang)}</small>}
    </>
  )
}

/** Returns the few facts by which people choose a café: its format, how to enter, for whom it is. */
function waysOf(cafe: Cafe, state: CafeState, t: Messages): string[] {
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
