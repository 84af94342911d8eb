import {
  attendanceModeOf,
  type Cafe,
  endsAtPlace,
  isFull,
  startsAtPlace,
} from '../../node/domain/cafes/cafe.ts'
import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import { venueText } from '../../node/domain/cafes/venue.ts'
import type {
  SheetChange,
  SheetDate,
  SheetWithoutDate,
  SheetWords,
} from '../../node/domain/kit/sheet-words.ts'
import {
  clock,
  dayOfMonth,
  dayParts,
  knownDay,
  monthNames,
  plainDate,
  shortDate,
  weekdayNames,
  zoneName,
} from '../../node/domain/values/date-text.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'

/** What a sheet has that is not the café's: the colour and logos, its address on paper, other cafés. */
export type SheetLook = Pick<
  SheetWords,
  'movement' | 'accent' | 'accentSoft' | 'host' | 'partners'
> & {
  /** The address that stands on paper, with its scheme. */
  address: string
  /** The telephone of the structure, where the café has none. */
  phone: string | undefined
  /** How to get in, in the venue's own words. */
  access: string | undefined
  /** The next cafés, for one that does not take place. */
  others: readonly Cafe[]
  now: Temporal.Instant
}

/** Returns the language of the sheets of a café: its own where it is English. */
const sheetLang = ({ languages }: Pick<Cafe, 'languages'>): Lang =>
  languages[0]?.startsWith('en') ? 'en' : 'fr'

/** Returns all that is written on the sheets of a café, as it is now. */
export function sheetWords(cafe: Cafe, look: SheetLook): SheetWords {
  const lang = sheetLang(cafe)
  const t = messagesFor(lang)
  const { sheet } = t.kit
  const start = startsAtPlace(cafe)
  const entry = isFull(cafe) ? 'full' : cafe.registration.mode
  const date = dateOf(cafe, look, t)
  const { weekday, month } = dayParts(start, lang)
  const printed = plainDate(look.now.toZonedDateTimeISO(cafe.timezone), lang)
  return {
    ...{ lang, title: cafe.title, movement: look.movement, host: look.host },
    ...{ accent: look.accent, accentSoft: look.accentSoft, partners: look.partners },
    open: cafe.openTo === 'public' ? sheet.open : sheet.reserved,
    free: sheet.free,
    entry: sheet.entry[entry],
    entryLines:
      sheet.entryLines[entry === 'full' && cafe.registration.waitlist ? 'waiting' : entry].split(
        '\n',
      ),
    date,
    change: changeOf(cafe, look.now, t),
    series: undefined,
    when: 'heading' in date ? date.heading : whenText(cafe, lang),
    shortDay: `${weekday} ${dayOfMonth(start, lang)}\u00a0${month}`,
    longDay: knownDay(start, look.now, lang),
    ...placeWords(cafe, look, t),
    ...{ back: backOf(cafe, t), way: sheet.back.way },
    go: goOf(cafe, look, t),
    with: sheet.with,
    printed: sheet.printed(printed),
    credit: sheet.credit,
    scan: sheet.scan,
  }
}

/** Returns the day and hours; where nobody can come on that day, what to know instead. */
function dateOf(cafe: Cafe, look: SheetLook, t: Messages): SheetDate | SheetWithoutDate {
  const { sheet } = t.kit
  const state = cafe.isUndated ? 'undated' : cafe.status
  if (state === 'undated' || state === 'cancelled' || state === 'postponed') {
    const others = state === 'undated' ? [] : look.others.slice(0, 2)
    const more = others.length === 0 ? '' : state === 'cancelled' ? sheet.othersAfter : sheet.others
    return {
      heading: sheet.noDate[state],
      sentence: [sheet.noDateSentence[state], more].filter(Boolean).join(' '),
      others: others.map((other) => toOther(other, t)),
    }
  }
  const [start, end] = [startsAtPlace(cafe), endsAtPlace(cafe)]
  const isSameDay = end.toPlainDate().equals(start.toPlainDate())
  const until = isSameDay
    ? sheet.until(clock(end, t.lang))
    : sheet.untilLater(knownDay(end, look.now, t.lang), clock(end, t.lang))
  return {
    weekday: weekdayNames(t.lang)[start.dayOfWeek - 1] ?? '',
    day: dayOfMonth(start, t.lang),
    month: monthNames(t.lang)[start.month - 1] ?? '',
    hour: clock(start, t.lang),
    until: end.equals(start) ? undefined : until,
  }
}

function toOther(cafe: Cafe, t: Messages) {
  const start = startsAtPlace(cafe)
  const { venue } = cafe
  const place = venue ? venueText(venue) : t.kit.sheet.online
  const when = t.kit.sheet.dayAndHour(shortDate(start, t.lang), clock(start, t.lang))
  return { when, title: cafe.title, place }
}

/** Returns what somebody who saw an older poster must know. */
function changeOf(cafe: Cafe, now: Temporal.Instant, t: Messages): SheetChange | undefined {
  const { status, statusNote: reason, previousStartsAt, venue } = cafe
  const { change, dayAndHour, above } = t.kit.sheet
  if (status === 'scheduled') return undefined
  const dayOf = (at: Temporal.Instant) => {
    const start = at.toZonedDateTimeISO(cafe.timezone)
    return dayAndHour(knownDay(start, now, t.lang), clock(start, t.lang))
  }
  if (status === 'moved-online')
    return {
      label: change[status],
      old: venue && venueText(venue),
      ...{ reason, above: undefined },
    }
  if (status === 'rescheduled')
    return (
      previousStartsAt && { label: change[status], old: dayOf(previousStartsAt), reason, above }
    )
  const old = cafe.isUndated ? undefined : dayOf(cafe.startsAt)
  return { label: change[status], old, reason, above: undefined }
}

function placeWords(
  cafe: Cafe,
  { access }: SheetLook,
  t: Messages,
): Pick<SheetWords, 'place' | 'town' | 'address' | 'access'> {
  const { sheet } = t.kit
  const { venue } = cafe
  const mode = attendanceModeOf(cafe)
  if (mode === 'online')
    return {
      ...{ place: sheet.online, town: undefined, access: [] },
      address: [sentenceCase(zoneName(cafe.timezone, t.lang))],
    }
  if (!venue) return { place: sheet.placeToCome, town: undefined, address: [], access: [] }
  const welcome = cafe.accessibility.map((code) => sheet.access[code])
  return {
    ...{ place: venue.name, town: venue.commune },
    address: [
      ...addressLines(venue.streetAddress),
      ...(mode === 'mixed' ? [sheet.alsoOnline] : []),
      ...addressLines(access),
    ],
    access: welcome.length === 0 ? [] : [sentenceCase(welcome.join(', '))],
  }
}

/** Returns what stands on the back of a flyer. */
function backOf({ summary }: Cafe, { kit }: Messages): SheetWords['back'] {
  const { back } = kit.sheet
  return [
    ...(summary ? [{ heading: back.about, text: summary }] : []),
    { heading: back.what, text: back.whatText },
    { heading: back.how, ticks: back.ticks.split('\n') },
    { heading: back.help, text: back.helpText },
  ]
}

/** A line that is longer than this is divided at its commas. */
const LINE = 50
const MOST_LINES = 12

/** Returns an address as lines: as it was typed, a long one by its parts, never between a number and its street. */
const addressLines = (text: string | undefined): string[] =>
  (text ?? '')
    .slice(0, LINE * MOST_LINES)
    .split('\n')
    .map((line) => line.trim())
    .flatMap((line) => (line.length > LINE ? line.split(/(?<!\d|bis|ter), /u) : [line]))
    .filter(Boolean)
    .slice(0, MOST_LINES)

function goOf(cafe: Cafe, look: SheetLook, t: Messages): SheetWords['go'] {
  const { sheet } = t.kit
  const { mode } = cafe.registration
  const phone = cafe.phone ?? look.phone
  const shown = look.address.replace(/^https?:\/\//u, '')
  const lead =
    mode === 'local' || mode === 'external'
      ? sheet.leadRegistration
      : attendanceModeOf(cafe) === 'online'
        ? sheet.leadOnline
        : sheet.lead
  return {
    ...{ lead, address: shown, href: look.address, code: sheet.code(shown) },
    phone: phone === undefined ? undefined : sheet.phone(phone),
  }
}
