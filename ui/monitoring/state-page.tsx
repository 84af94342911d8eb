import type { AlertState } from '../../node/domain/monitoring/trouble.ts'
import { longDate, momentText } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Link } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type PlotsProps, StatePlots } from './state-plots.tsx'

export type StatePageProps = AdminProps &
  PlotsProps & {
    /** The addresses to which alerts go; none where no relay is set. */
    alertsTo: readonly string[]
    lastAlert: AlertState | undefined
    now: Temporal.Instant
  }

/** Shows how the site is, in plain words, with what to do where something is wrong, and plots of how it was. */
export function StatePage(props: StatePageProps) {
  const { site, session, state, flash, now } = props
  const t = messagesFor(site.lang)
  const texts = t.monitoring
  const { troubles } = state
  return (
    <AdminPage
      title={texts.title}
      lead={leadOf(troubles.length, t)}
      {...{ site, session, flash }}
      current={paths.siteState}
    >
      {troubles.map((trouble) => {
        const { title, means, todo } = texts.troubles[trouble]
        const what = means(state)
        return (
          <section class="notice" aria-labelledby={trouble}>
            <h2 id={trouble}>{title}</h2>
            {what && <p>{what}</p>}
            <p>{todo}</p>
          </section>
        )
      })}
      <StatePlots {...props} lang={t.lang} />
      <Foot {...props} t={t} />
      <p class="fine">{texts.seen(momentText(now, t.lang))}</p>
    </AdminPage>
  )
}

const leadOf = (count: number, { monitoring }: Messages): string => {
  if (count === 0) return monitoring.allWell
  return count === 1 ? monitoring.butOne : monitoring.butSome(count)
}

/** What else there is to know: the certificate, to whom alerts go, and since when the site is measured. */
function Foot({
  site,
  state: { certificate },
  alertsTo,
  lastAlert,
  since,
  t,
}: StatePageProps & { t: Messages }) {
  const isDirectory = site.kind === 'hub'
  const texts = t.monitoring
  const dayOf = (at: Temporal.Instant) => longDate(dayInParis(at), t.lang)
  return (
    <>
      {certificate && <p>{texts.certificate(dayOf(certificate.until))}</p>}
      <p>{alertsTo.length > 0 ? texts.alertsTo(alertsTo.join(', ')) : texts.noAlerts}</p>
      {lastAlert && (
        <p>
          {lastAlert.overAt
            ? texts.lastAlert(
                texts.troubles[lastAlert.trouble].title,
                momentText(lastAlert.since, t.lang),
                momentText(lastAlert.seenAt, t.lang),
              )
            : texts.openAlert(
                texts.troubles[lastAlert.trouble].title,
                momentText(lastAlert.since, t.lang),
              )}
        </p>
      )}
      <p>
        {since ? texts.since(dayOf(since)) : texts.noMeasure}{' '}
        <Link href={paths.guide('surveiller')}>{texts.guide}</Link>
        {isDirectory && (
          <>
            {' '}
            <Link href={paths.publicState}>{texts.publicPage}</Link>
          </>
        )}
      </p>
    </>
  )
}
