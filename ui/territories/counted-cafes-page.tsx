import { plainDate } from '../../node/domain/values/date-text.ts'
import { numberText } from '../../node/domain/values/number-text.ts'
import { CardTable } from '../components/card-table.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type CountedValues, countedHref } from './counted-values.ts'

/** A café that a figure counts. */
export type CountedCafe = {
  href: string
  title: string
  day: Temporal.PlainDate
  /** Its town; undefined for one that is online. */
  where: string | undefined
  organizer: string
  /** Undefined where nobody told. */
  participations: number | undefined
}

export type CountedCafesPageProps = {
  site: Site
  values: CountedValues
  /** What narrows the list, in words. */
  filters: readonly string[]
  cafes: readonly CountedCafe[]
  /** The sum of all pages; undefined on those that follow the first. */
  counts: { total: number; participations: number | undefined; isCapped: boolean } | undefined
  nextHref: string | undefined
  signedIn?: boolean | undefined
}

/** Lists the cafés of which a figure is made, each with what it adds to the participations. */
export function CountedCafesPage(props: CountedCafesPageProps) {
  const { site, values, filters, cafes, counts, nextHref, signedIn } = props
  const t = messagesFor(site.lang)
  const w = t.statistics.cafes
  const { columns } = w
  return (
    <Layout
      title={w.title}
      site={site}
      current={paths.statistics}
      canonical={site.origin + countedHref(values)}
      noindex
      signedIn={signedIn}
    >
      <p>
        <Link href={paths.statistics}>{w.back}</Link>
      </p>
      <h1>{w.title}</h1>
      <p class="lead">{filters.length === 0 ? w.all : filters.join(', ')}</p>
      {counts && cafes.length > 0 && (
        <p>
          <strong>{w.found(counts.total, counts.isCapped)}</strong>
          {counts.participations !== undefined && `, ${w.sum(counts.participations)}`}
        </p>
      )}
      {cafes.length === 0 ? (
        <p>{w.none}</p>
      ) : (
        <CardTable
          rows={cafes}
          nameColumn={1}
          columns={[
            [columns.date, ({ day }) => plainDate(day, t.lang)],
            [columns.cafe, ({ href, title }) => <Link href={href}>{title}</Link>],
            [columns.where, ({ where }) => where ?? w.online],
            [columns.organizer, ({ organizer }) => organizer],
            [
              columns.reported,
              ({ participations }) =>
                participations === undefined ? w.unreported : numberText(participations, t.lang),
            ],
          ]}
        />
      )}
      {nextHref && (
        <p class="more">
          <Link class="button quiet" href={nextHref}>
            {w.more}
          </Link>
        </p>
      )}
    </Layout>
  )
}
