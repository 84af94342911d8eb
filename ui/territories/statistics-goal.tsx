import { BASELINE, GOAL, paceTo } from '../../node/domain/territories/goal.ts'
import {
  allHeldOf,
  RECENT_DAYS,
  type SiteStatistics,
} from '../../node/domain/territories/statistics.ts'
import { longDate, monthAndYear } from '../../node/domain/values/date-text.ts'
import { numberText, percentText } from '../../node/domain/values/number-text.ts'
import { OuterLink } from '../components/external-link.tsx'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { countedHref } from './counted-values.ts'

type Props = {
  statistics: SiteStatistics
  /** Today in France. */
  today: Temporal.PlainDate
  /** Whether the site is a directory, whose cafés make the way to the national goal. */
  isDirectory: boolean
  t: Messages
}

const { participations: TWO_MILLION, until } = GOAL

/** Shows the participations that were declared, on the way to the goal, and how many cafés have told. */
export function Goal(props: Props) {
  const { statistics, t } = props
  const w = t.statistics.goal
  const { participations, reported } = statistics
  const all = allHeldOf(statistics)
  const first = statistics.byMonth.find((month) => month.reported > 0)
  return (
    <section class="goal" aria-labelledby="participations">
      <h2 id="participations">{first ? w.since(monthAndYear(first.month, t.lang)) : w.title}</h2>
      {reported === 0 ? (
        <>
          <p class="total">{w.none}</p>
          <p>{w.noneText(all)}</p>
        </>
      ) : (
        <p class="total">
          <Link href={countedHref({ bilan: '1' })}>{numberText(participations, t.lang)}</Link>
        </p>
      )}
      {reported > 0 && <Road {...props} />}
      <Facts {...props} />
      <p class="hint">{w.what}</p>
    </section>
  )
}

/** Returns a share of the goal in words, which is never said to be nothing. */
const shareText = (share: number, t: Messages): string =>
  share < 0.0001 ? t.statistics.goal.tiny : percentText(share, t.lang, share < 0.01 ? 2 : 1)

function Road({ statistics, today, isDirectory, t }: Props) {
  const w = t.statistics.goal
  const { share } = paceTo(statistics, today)
  if (!isDirectory) return <p>{w.ofSite(shareText(share, t), TWO_MILLION, until.year)}</p>
  const width = Math.min(100, Math.max(0.5, share * 100))
  return (
    <>
      <svg class="road" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
        <rect class="rest" width="100" height="3" />
        <rect class="many" width={Math.round(width * 10) / 10} height="3" />
      </svg>
      <p class="ends">
        <span>{w.road(shareText(share, t))}</span>
        <span>{w.end(TWO_MILLION, until.year)}</span>
      </p>
    </>
  )
}

/** The share of cafés that told, the present pace and, at a directory, the one that is needed. */
function Facts({ statistics, today, isDirectory, t }: Props) {
  const w = t.statistics.goal
  const { reported } = statistics
  const all = allHeldOf(statistics)
  const pace = paceTo(statistics, today)
  const times = pace.needed !== undefined && pace.current > 0 ? pace.needed / pace.current : 0
  return (
    <dl class="pace">
      {all > 0 && (
        <div>
          <dt>{w.share(percentText(reported / all, t.lang))}</dt>
          <dd>
            <Link href={countedHref()}>{w.shareText(reported, all)}</Link>. {w.others}
          </dd>
        </div>
      )}
      {reported > 0 && (
        <div>
          <dt>{w.aDay(pace.current)}</dt>
          <dd>
            <Link href={countedHref({ bilan: '1', ...daysOf(statistics) })}>
              {w.current(RECENT_DAYS)}
            </Link>
          </dd>
        </div>
      )}
      {isDirectory && (
        <div>
          {pace.needed === undefined ? (
            <>
              <dt>{pace.share >= 1 ? w.reached : w.over(until.year)}</dt>
              <dd>{w.end(TWO_MILLION, until.year)}.</dd>
            </>
          ) : (
            <>
              <dt>{w.aDay(pace.needed)}</dt>
              <dd>
                {w.needed(TWO_MILLION, until.year)}
                {times >= 1.05 && w.times(times)}.
              </dd>
            </>
          )}
        </div>
      )}
    </dl>
  )
}

/** Returns the days of the recent count, as the address of its cafés has them. */
export const daysOf = ({ recent }: Pick<SiteStatistics, 'recent'>) => ({
  du: recent.from.toString(),
  au: recent.until.toString(),
})

/** Shows what others wrote before anything was counted here, apart from what is counted. */
export const Baseline = ({ t }: { t: Messages }) => {
  const w = t.statistics.baseline
  return (
    <section class="baseline" aria-labelledby="avant">
      <h2 id="avant">{w.title}</h2>
      <p>
        {w.lead(longDate(BASELINE.written, t.lang))}{' '}
        <OuterLink href={BASELINE.source}>{w.source}</OuterLink>
      </p>
      <dl class="pace">
        {Object.values(w.facts).map(({ fact, of }) => (
          <div>
            <dt>{fact}</dt>
            <dd>{of}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
