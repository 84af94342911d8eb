/** The number of years in which a zone is looked at, to find how its clocks are changed. */
const YEARS = 4

type Change = {
  /** The wall time at which the clocks are changed, by the offset before. */
  at: Temporal.PlainDateTime
  from: string
  to: string
}

/**
 * Writes the VTIMEZONE of an IANA zone (RFC 5545 §3.6.5) from a year on: its changes as yearly rules, where those of the
 * next years fall on the same weekdays of their months, else one by one; a zone without changes has its one offset.
 */
export function toZoneDefinition(zone: string, year: number): string {
  const begin = Temporal.PlainDateTime.from({ year, month: 1, day: 1 }).toZonedDateTime(zone)
  const changes = listChanges(begin)
  const first = changes[0]?.from ?? offsetOf(begin)
  const observances =
    changes.length === 0
      ? [observance('STANDARD', { at: begin.toPlainDateTime(), from: first, to: first }, undefined)]
      : Map.groupBy(changes, ({ from, to }) => `${from} ${to}`)
          .values()
          .flatMap((alike) => observancesOf(alike))
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances, 'END:VTIMEZONE'].join('\r\n')
}

function listChanges(begin: Temporal.ZonedDateTime): Change[] {
  const end = begin.add({ years: YEARS })
  const changes: Change[] = []
  for (
    let next = begin.getTimeZoneTransition('next');
    next;
    next = next.getTimeZoneTransition('next')
  ) {
    if (Temporal.ZonedDateTime.compare(next, end) >= 0) break
    const before = next.subtract({ seconds: 1 })
    changes.push({
      at: before.toPlainDateTime().add({ seconds: 1 }),
      from: offsetOf(before),
      to: offsetOf(next),
    })
  }
  return changes
}

const offsetOf = ({ offset }: Temporal.ZonedDateTime): string =>
  offset.replaceAll(':', '').slice(0, 5)

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

function observancesOf(alike: readonly Change[]): string[] {
  const [first] = alike
  if (!first) return []
  const kind = Number(first.to) > Number(first.from) ? 'DAYLIGHT' : 'STANDARD'
  const rule = ruleOf(alike.map(({ at }) => at))
  return (rule ? [first] : alike).map((change) => observance(kind, change, rule))
}

/** Finds the yearly rule by which all of these days come: which weekday of which month, and at which hour. */
function ruleOf(days: readonly Temporal.PlainDateTime[]): string | undefined {
  const [first] = days
  if (!first || days.length < YEARS) return undefined
  const isAlike = ({ month, dayOfWeek, hour, minute }: Temporal.PlainDateTime) =>
    [month, dayOfWeek, hour, minute].join() ===
    [first.month, first.dayOfWeek, first.hour, first.minute].join()
  if (!days.every(isAlike)) return undefined
  const nth = days.map(({ day }) => Math.ceil(day / 7))
  const isLast = days.every(({ day, daysInMonth }) => day + 7 > daysInMonth)
  if (!isLast && new Set(nth).size > 1) return undefined
  const which = `${isLast ? -1 : nth[0]}${WEEKDAYS[first.dayOfWeek - 1]}`
  return `FREQ=YEARLY;BYMONTH=${first.month};BYDAY=${which}`
}

const observance = (
  kind: 'STANDARD' | 'DAYLIGHT',
  { at, from, to }: Change,
  rule: string | undefined,
): string =>
  [
    `BEGIN:${kind}`,
    `DTSTART:${at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}`,
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    `END:${kind}`,
  ].join('\r\n')
