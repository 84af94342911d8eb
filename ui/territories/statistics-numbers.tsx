import {
  ACTIVE_MONTHS,
  allHeldOf,
  RECENT_DAYS,
  type SiteStatistics,
  sumOf,
  type Totals,
} from '../../node/domain/territories/statistics.ts'
import { numberText, percentText } from '../../node/domain/values/number-text.ts'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { countedHref } from './counted-values.ts'
import { daysOf } from './statistics-goal.tsx'

type Props = { statistics: SiteStatistics; isDirectory: boolean; t: Messages }

type Number = {
  text: string
  method: string
  /** The cafés that it counts. */
  href: string
  /** How many of these cafés took place, and of how many a report tells; undefined where none could tell. */
  told?: { held: number; reported: number } | undefined
}

/** Shows each figure with what it counts, how many of these cafés have told, and a link to them. */
export function Numbers({ statistics, isDirectory, t }: Props) {
  const numbers = [...listHeld(statistics, t), ...listAnnounced(statistics, isDirectory, t)]
  return (
    <ul class="key-figures">
      {numbers.map(({ text, method, href, told }) => (
        <li>
          <p class="figure">
            <Link href={href}>
              <Emphasised text={text} />
            </Link>
          </p>
          <p class="hint">{method}</p>
          {told && told.held > 0 && (
            <p class="reported">
              {t.statistics.told(percentText(told.reported / told.held, t.lang), told)}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

const toldOf = (totals: Pick<Totals, 'held' | 'reserved' | 'reported'>) => ({
  held: allHeldOf(totals),
  reported: totals.reported,
})

/** The figures of cafés that took place. */
function listHeld(statistics: SiteStatistics, t: Messages): Number[] {
  const w = t.statistics
  const { recent, communes, reserved, firstTimers, askedFirst } = statistics
  const placed = sumOf(statistics.byDepartement)
  const outside = sumOf(statistics.byDepartement.filter(({ departement }) => departement !== '75'))
  const perDay = recent.held / RECENT_DAYS
  const perDayText = numberText(perDay, t.lang, perDay < 10 ? 1 : 0)
  const share =
    allHeldOf(placed) === 0
      ? undefined
      : percentText(allHeldOf(outside) / allHeldOf(placed), t.lang)
  const numbers: Number[] = [
    {
      text: w.held(allHeldOf(statistics)),
      method: w.heldMethod + (reserved > 0 ? w.heldReserved(reserved) : ''),
      ...{ href: countedHref(), told: toldOf(statistics) },
    },
    {
      text: perDay < 2 ? w.perDay(perDayText) : w.perDays(perDayText),
      ...{ method: w.perDayMethod(RECENT_DAYS), href: countedHref(daysOf(statistics)) },
      told: recent,
    },
    {
      text: share === undefined ? `${w.outside}\u00a0: ${w.outsideNone}` : `${share} ${w.outside}`,
      ...{ method: w.outsideMethod(allHeldOf(placed)), href: countedHref({ hors: '75' }) },
      told: toldOf(outside),
    },
    {
      ...{ text: w.communes(communes.total), method: w.communesMethod },
      href: countedHref({ premiers: '1' }),
      told: { held: communes.total, reported: communes.reported },
    },
  ]
  if (askedFirst > 0)
    numbers.push({
      text: `${percentText(firstTimers / askedFirst, t.lang)} ${w.firstTimers}`,
      ...{ method: w.firstTimersMethod(askedFirst), href: countedHref({ bilan: '1' }) },
      told: toldOf(statistics),
    })
  return numbers
}

/** The figures of cafés that are to come too, of those that are not, and of who announces them. */
function listAnnounced(
  { organizers, departements, byDepartement, byMonth, ...statistics }: SiteStatistics,
  isDirectory: boolean,
  t: Messages,
): Number[] {
  const w = t.statistics
  const since = statistics.organizersSince
  const active = byMonth.filter(({ month }) => Temporal.PlainYearMonth.compare(month, since) >= 0)
  const ofDirectory: Number[] = [
    {
      ...{ text: w.organizers(organizers), method: w.organizersMethod(ACTIVE_MONTHS) },
      href: countedHref({ annonces: 'tous', depuis: since.toString() }),
      told: toldOf(sumOf(active)),
    },
    {
      ...{ text: w.departements(departements), method: w.departementsMethod },
      ...{ href: countedHref({ annonces: 'places' }), told: toldOf(sumOf(byDepartement)) },
    },
  ]
  return [
    {
      ...{ text: w.toCome(statistics.toCome), method: w.toComeMethod },
      href: countedHref({ annonces: 'a-venir' }),
    },
    ...(isDirectory ? ofDirectory : []),
    {
      ...{ text: w.cancelled(statistics.cancelled), method: w.cancelledMethod },
      href: countedHref({ annules: '1' }),
    },
  ]
}

/** A text whose number, at its beginning, is emphasised. */
export function Emphasised({ text }: { text: string }) {
  const number = /^[\d\s.,]+%?/.exec(text)?.[0] ?? ''
  const noun = text.slice(number.length)
  return (
    <>
      <strong>{number.trim()}</strong> {noun.trim()}
    </>
  )
}
