import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { exceptText, seriesWords } from '../../node/domain/series/words.ts'
import { placeOf } from '../cafes/card.tsx'
import { CafeDescription } from '../cafes/details.tsx'
import { NextDates, type ShownSeries } from '../cafes/series/next-dates.tsx'
import { CalendarIcon, PinIcon, RepeatIcon } from '../components/icons.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText, userTextLang } from '../components/user-text.tsx'
import { FollowPanel } from '../follow/panel.tsx'
import { messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

export type SeriesPageProps = {
  site: Site
  id: string
  series: ShownSeries & { recurrence: NonNullable<ShownSeries['recurrence']> }
  /** What each of its dates says, unless it was changed by hand. */
  sample: Cafe
  /** The days to come on which it does not take place. */
  skipped: readonly string[]
  /** The schema.org description for search engines, as the text of a script. */
  structuredData: string
  now: Temporal.Instant
  /** The form by which one registers at its next date, or at all of them. */
  registerHref: string | undefined
  /** The address of its page in the administration, only for its team. */
  editHref?: string | undefined
  signedIn: boolean
}

/** Shows a series: what, when in words, where, and its next dates. */
export function SeriesPage(props: SeriesPageProps) {
  const { site, id, series, sample, skipped, now, editHref } = props
  const t = messagesFor(site.lang)
  const texts = t.series.page
  const words = sentenceCase(seriesWords(series.recurrence, t.lang))
  const calendarHref = paths.seriesCalendar(id)
  return (
    <Layout
      title={sample.title}
      site={site}
      signedIn={props.signedIn}
      description={[words, placeOf(sample, t), sample.summary].filter(Boolean).join(' · ')}
      canonical={site.origin + paths.series(id)}
      alternates={[
        { href: calendarHref, type: 'text/calendar', title: texts.calendar },
        { href: paths.seriesFeed(id), type: 'application/atom+xml', title: sample.title },
      ]}
      structuredData={props.structuredData}
    >
      <article class="series-page">
        <p class="kicker">
          <RepeatIcon />
          {words}
        </p>
        <h1>
          <UserText cafe={sample} t={t}>
            {sample.title}
          </UserText>
        </h1>
        {sample.summary && (
          <p class="lead" lang={userTextLang(sample, t)}>
            {sample.summary}
          </p>
        )}
        <p class="place">
          <PinIcon />
          {placeOf(sample, t)}
        </p>
        {skipped.length > 0 && <p>{texts.except(exceptText(skipped, t.lang))}</p>}
        {editHref && (
          <p>
            <Link href={editHref}>{texts.edit}</Link>
          </p>
        )}
        {series.dates.length === 0 && <p class="notice">{texts.none}</p>}
        <NextDates series={series} now={now} t={t} />
        <p class="buttons">
          {props.registerHref && (
            <Link class="button" href={props.registerHref}>
              {t.cafe.register}
            </Link>
          )}
          <Link class="button quiet" href={calendarHref}>
            <CalendarIcon />
            {texts.calendar}
          </Link>
          <Link href={paths.seriesFeed(id)}>{texts.feed}</Link>
          <Link href={paths.seriesSheet(id)}>{t.kit.page.take}</Link>
        </p>
        <CafeDescription cafe={sample} t={t} />
      </article>
      <FollowPanel site={site} t={t} />
    </Layout>
  )
}
