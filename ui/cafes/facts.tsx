import {
  attendanceModeOf,
  type Cafe,
  endsAtPlace,
  isFull,
  startsAtPlace,
  totalCapacityOf,
} from '../../node/domain/cafes/cafe.ts'
import type { Venue, VenueAccess } from '../../node/domain/cafes/venue.ts'
import { longDate, timeRangeInZone } from '../../node/domain/values/date-text.ts'
import { webHref } from '../../node/domain/values/web-address.ts'
import { CalendarIcon, PinIcon, TicketIcon, WayIcon } from '../components/icons.tsx'
import { Link } from '../components/link.tsx'
import { Time } from '../components/time.tsx'
import { userTextLang } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import type { DrawnMap } from '../maps/drawn-map.tsx'
import { LocalMap } from '../maps/local-map.tsx'
import { paths, telHref } from '../paths.ts'
import { type Source, UnreachableNotice } from './freshness.tsx'
import { PrintedAddress } from './share.tsx'
import { type CafeState, isClosed, previousDate } from './state.ts'

type FactProps = { cafe: Cafe; state: CafeState; t: Messages }
type FactsProps = FactProps & {
  calendarHref: string
  source: Source | undefined
  now: Temporal.Instant
  /** What the venue says about its entrance. */
  access: VenueAccess | undefined
  /** The towns around its venue, where its coordinates are known. */
  around: DrawnMap | undefined
  /** Whether its coordinates are those of its door rather than of its town. */
  isExact: boolean
}

/** Lists the facts that most visitors come for: when, where and how to take part. */
export const CafeFacts = (props: FactsProps) => {
  const { cafe, state, calendarHref, source, now, access, around, isExact, t } = props
  const isOpen = !isClosed(state)
  return (
    <section class="facts-card" aria-label={t.cafe.essentials}>
      {isOpen && (
        <p class="free">
          <strong>{t.cafe.free}</strong> <Seats cafe={cafe} t={t} />
        </p>
      )}
      <dl class="facts">
        <div>
          <dt>
            <CalendarIcon />
            <span class="unseen">{t.cafe.when}</span>
          </dt>
          <WhenFact cafe={cafe} state={state} t={t} />
        </div>
        <div>
          <dt>
            <PinIcon />
            <span class="unseen">{t.cafe.where}</span>
          </dt>
          <WhereFact cafe={cafe} state={state} access={access} isExact={isExact} t={t} />
        </div>
        <div>
          <dt>
            <TicketIcon />
            <span class="unseen">{t.cafe.takePart}</span>
          </dt>
          <TakePartFact cafe={cafe} state={state} source={source} t={t} />
          {source?.silentSince && (
            <dd>
              <UnreachableNotice source={source} now={now} t={t} />
            </dd>
          )}
        </div>
      </dl>
      {around && <LocalMap around={around} t={t} />}
      {isOpen && (
        <p class="keep">
          <Link class="button quiet" href={calendarHref}>
            <CalendarIcon />
            {t.cafe.addToCalendar}
          </Link>
        </p>
      )}
      <PrintedAddress cafe={cafe} />
    </section>
  )
}

/**
 * The action that most visitors take next: the link to sign up, otherwise the telephone number, otherwise the calendar
 * file. On a narrow screen it stays at the bottom.
 */
export function MainAction({
  cafe,
  state,
  calendarHref,
  source,
  t,
}: Omit<FactsProps, 'access' | 'around' | 'isExact' | 'now'>) {
  if (isClosed(state)) return null
  const isShut = isFull(cafe) && !cafe.registration.waitlist
  const signUp = isShut ? undefined : signUpHref(cafe, source)
  const phone = !isShut && cafe.registration.mode === 'phone' ? cafe.phone : undefined
  const action = signUp
    ? { href: signUp, text: t.cafe.register, rel: 'noopener noreferrer' }
    : phone
      ? { href: telHref(phone), text: t.cafe.call(phone) }
      : { href: calendarHref, text: t.cafe.addToCalendar }
  return (
    <p class="main-action">
      <Link class="button" href={action.href} rel={action.rel}>
        {action.text}
      </Link>
    </p>
  )
}

function WhenFact({ cafe, state, t }: FactProps) {
  const start = startsAtPlace(cafe)
  const day = sentenceCase(longDate(start, t.lang))
  const hours = timeRangeInZone(start, endsAtPlace(cafe), t.lang)
  if (state === 'postponed')
    return (
      <dd>
        <strong>{t.cafe.dateToCome}</strong>
        <small>
          {t.cafe.firstPlanned(previousDate(cafe, t) || t.cafe.onDay(longDate(start, t.lang)))}
        </small>
      </dd>
    )
  return (
    <dd>
      <strong>
        <Time at={start} text={day} />
      </strong>
      <span class="line">{hours}</span>
      {cafe.status === 'rescheduled' && cafe.previousStartsAt && (
        <small>{t.cafe.insteadOf(previousDate(cafe, t))}</small>
      )}
    </dd>
  )
}

function WhereFact({
  cafe,
  state,
  access,
  isExact,
  t,
}: FactProps & Pick<FactsProps, 'access' | 'isExact'>) {
  const { venue } = cafe
  const onSite = venue && attendanceModeOf(cafe) !== 'online'
  const online = attendanceModeOf(cafe) !== 'offline'
  return (
    <>
      {onSite && <Address venue={venue} isExact={isExact} isClosed={isClosed(state)} t={t} />}
      {onSite && access && <Access access={access} t={t} />}
      {online && (
        <dd>
          <strong>{onSite ? t.cafe.onlineToo : t.cafe.online}</strong>
          {!isClosed(state) && <OnlineLink cafe={cafe} t={t} />}
        </dd>
      )}
    </>
  )
}

function OnlineLink({ cafe, t }: Pick<FactProps, 'cafe' | 't'>) {
  const href = webHref(cafe.onlineUrl)
  if (!href)
    return <small>{cafe.registrantsUrl ? t.cafe.onlineForRegistrants : t.cafe.onlineLater}</small>
  return (
    <span class="line">
      <Link href={href} rel="noopener noreferrer">
        {t.cafe.joinOnline}
      </Link>
    </span>
  )
}

type AddressProps = { venue: Venue; isExact: boolean; isClosed: boolean; t: Messages }

/** The address, with the way there as long as somebody may go. */
const Address = ({ venue, isExact, isClosed, t }: AddressProps) => (
  <dd>
    <strong>{venue.name}</strong>
    <span class="line">
      {venue.streetAddress && `${venue.streetAddress}, `}
      {[venue.postalCode, venue.commune].filter(Boolean).join('\u00a0')}
    </span>
    {!isClosed && (
      <span class="line">
        <Link class="way" href={wayHref(venue, isExact)} rel="noopener noreferrer">
          <WayIcon />
          {t.cafe.way}
        </Link>
      </span>
    )}
    {!isClosed && hasPoint(venue) && (
      <span class="line">
        <Link href={geoHref(venue, isExact)}>{t.cafe.mapApp}</Link>
      </span>
    )}
  </dd>
)

type Point = { latitude: number; longitude: number }

const hasPoint = (venue: Venue): venue is Venue & Point =>
  venue.latitude !== undefined && venue.longitude !== undefined

const addressOf = (venue: Venue): string =>
  [venue.streetAddress, venue.postalCode, venue.commune].filter(Boolean).join(' ')

/**
 * Returns a `geo:` address (RFC 5870), which opens the visitor's own map program; `q`, which phones understand, names
 * the point, or holds the street address where the point is only the town's.
 */
function geoHref(venue: Venue & Point, isExact: boolean): string {
  const point = `${venue.latitude},${venue.longitude}`
  const asked = !isExact && venue.streetAddress ? addressOf(venue) : `${point}(${venue.name})`
  return `geo:${point}?q=${encodeURIComponent(asked)}`
}

function Access({ access, t }: { access: VenueAccess; t: Messages }) {
  const href = webHref(access.acceslibreUrl)
  if (!access.access && !href) return null
  return (
    <dd>
      {access.access && (
        <small class="lines" lang={userTextLang({}, t)}>
          {access.access}
        </small>
      )}
      {href && (
        <span class="line">
          <Link href={href} rel="noopener noreferrer">
            {t.cafeStatus.venues.acceslibre}
          </Link>
        </span>
      )}
    </dd>
  )
}

/**
 * Returns the address of directions to the venue: to its coordinates, or to its street address where they are only its
 * town's.
 */
function wayHref(venue: Venue, isExact: boolean): string {
  const to =
    hasPoint(venue) && (isExact || !venue.streetAddress)
      ? `${venue.latitude},${venue.longitude}`
      : addressOf(venue)
  return `https://www.openstreetmap.org/directions?to=${encodeURIComponent(to)}`
}

function TakePartFact({ cafe, state, source, t }: FactProps & { source: Source | undefined }) {
  if (isClosed(state)) return <dd>{t.cafe.noPart[state]}</dd>
  return (
    <>
      {cafe.openTo === 'reserved' && (
        <dd>
          <strong>{t.cafe.reserved}</strong>
          <small>{t.cafe.reservedHint}</small>
        </dd>
      )}
      {isFull(cafe) && !cafe.registration.waitlist ? (
        <dd class="strong">{t.cafe.noSeat}</dd>
      ) : (
        <Entry cafe={cafe} source={source} t={t} />
      )}
      {cafe.phone && (cafe.registration.mode !== 'phone' || isFull(cafe)) && (
        <dd>
          {t.cafe.questions} <Link href={telHref(cafe.phone)}>{t.cafe.call(cafe.phone)}</Link>
        </dd>
      )}
    </>
  )
}

/**
 * Returns the address of the web page to sign up, or to join the waiting list of a full café; undefined where there is
 * none.
 */
function signUpHref(cafe: Cafe, source: Source | undefined): string | undefined {
  const { mode, url } = cafe.registration
  if (mode === 'external') return webHref(url)
  if (mode !== 'local') return undefined
  return source ? webHref(cafe.url) : paths.registrationForm(cafe.id)
}

function Entry({ cafe, source, t }: { cafe: Cafe; source: Source | undefined; t: Messages }) {
  const { mode } = cafe.registration
  const href = signUpHref(cafe, source)
  if (isFull(cafe)) return <Waitlist href={href} t={t} />
  if (mode === 'none') return <dd class="strong">{t.cafe.freely}</dd>
  if (mode === 'phone')
    return (
      <dd>
        <strong>{t.cafe.byPhone}</strong>
        {cafe.phone && (
          <span class="line">
            <Link href={telHref(cafe.phone)}>{t.cafe.call(cafe.phone)}</Link>
          </span>
        )}
      </dd>
    )
  return (
    <dd>
      {href && (
        <Link class="button" href={href} rel="noopener noreferrer">
          {t.cafe.register}
        </Link>
      )}
      <small>
        {mode === 'local'
          ? source
            ? t.cafe.registerAtPlace
            : t.cafe.registerHere
          : t.cafe.registerElsewhere}
      </small>
    </dd>
  )
}

/** The waiting list of a full café. */
const Waitlist = ({ href, t }: { href: string | undefined; t: Messages }) => (
  <dd>
    <strong>{t.cafe.onWaitlist}</strong>
    {href && (
      <Link class="button" href={href} rel="noopener noreferrer">
        {t.cafe.register}
      </Link>
    )}
  </dd>
)

function Seats({ cafe, t }: { cafe: Cafe; t: Messages }) {
  const { mode, seatsLeft } = cafe.registration
  const capacity = totalCapacityOf(cafe.registration)
  if (capacity === undefined || isFull(cafe)) return null
  if (mode === 'none' || seatsLeft === undefined || seatsLeft === capacity)
    return <span>{t.cafe.room(capacity)}</span>
  return <span>{t.cafe.seats(Math.max(0, seatsLeft), capacity)}</span>
}
