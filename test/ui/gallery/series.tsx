import type { Recurrence } from '../../../node/domain/series/recurrence.ts'
import { seriesWords } from '../../../node/domain/series/words.ts'
import { CafePage } from '../../../ui/cafes/cafe-page.tsx'
import { CafeFormPage } from '../../../ui/cafes/form.tsx'
import type { PlannedDates } from '../../../ui/cafes/series/several-dates.tsx'
import { AdminSeriesPage, SeriesActPage } from '../../../ui/series/admin-page.tsx'
import { ScopePage } from '../../../ui/series/scope-page.tsx'
import { SeriesPage } from '../../../ui/series/series-page.tsx'
import { aCafe, EVIL, listed, NODE, NOW, site, VENUE } from './sample.ts'
import { aVenue } from './sample-cafes.ts'

const ID = '0197a1c2-0000-7000-8000-00000000000a'
const THURSDAYS: Recurrence = {
  ...{ start: '2026-12-03T18:30', rrule: 'FREQ=WEEKLY;BYDAY=TH;UNTIL=20270325' },
  ...{ exclude: ['2026-12-24', '2026-12-31'], include: [] },
}

const audience = {
  followers: 58,
  directories: [{ name: 'annuaire.example', state: 'joined' as const }],
}

/** The dates of a series: one that is cancelled, one elsewhere, one at another hour, and usual ones. */
const dates = [
  aCafe({ id: 'a', title: EVIL, summary: EVIL }),
  aCafe({ id: 'b', status: 'cancelled', statusNote: EVIL }, '2026-12-10T18:30[Europe/Paris]'),
  aCafe({ id: 'c', venue: { ...VENUE, name: EVIL } }, '2026-12-17T18:30[Europe/Paris]'),
  aCafe({ id: 'd' }, '2027-01-07T14:00[Europe/Paris]'),
  aCafe({ id: 'e' }, '2027-01-14T18:30[Europe/Paris]'),
  aCafe({ id: 'f' }, '2027-01-21T18:30[Europe/Paris]'),
  aCafe({ id: 'g' }, '2027-01-28T18:30[Europe/Paris]'),
]
const [sample = aCafe(), , elsewhere = aCafe(), later = aCafe()] = dates

const shown = {
  recurrence: THURSDAYS,
  dates: dates.map((cafe) => listed(cafe)),
  hasMore: true,
}

const ofAdmin = {
  ...{ ...site, id: ID, title: EVIL, version: EVIL, recurrence: THURSDAYS, now: NOW },
  ...{ values: {}, problems: [], isStale: false, isOfCalendar: false },
}

const plan: PlannedDates = {
  words: seriesWords(THURSDAYS),
  start: Temporal.PlainDateTime.from(THURSDAYS.start),
  days: ['2026-12-03', '2026-12-10', '2026-12-24', '2026-12-31', '2027-01-07'].map((day) => ({
    ...{ day, isSkipped: THURSDAYS.exclude.includes(day) },
  })),
  isOpenEnded: false,
  flagged: [
    { day: '2026-12-24', kind: 'closed', text: undefined, isSkipped: true },
    { day: '2026-12-31', kind: 'closed', text: EVIL, isSkipped: true },
    { day: '2027-01-07', kind: 'holiday', text: EVIL, isSkipped: false },
  ],
  shown: EVIL,
}

const ofForm = { ...site, venues: [aVenue({ id: 'a' })], audience }

const SEVERAL = {
  ...{ title: EVIL, date: '2026-12-03', time: '18:30', dates: 'several', 'venue.id': 'a' },
  ...{ languages: 'fr', 'registration.mode': 'none' },
}

const ofScope = {
  ...{ ...site, before: sample, after: { ...sample, title: 'Un autre titre' } },
  ...{ told: { title: EVIL, lines: [EVIL, EVIL] }, isHeld: false },
  ...{ following: 6, all: 7, values: { title: EVIL, 'venue.id': ['a', 'b'] }, audience },
}

/** A series for visitors and for its team: planned, shown, changed. */
export const seriesPages: Record<string, { toString(): string }> = {
  series: (
    <SeriesPage
      {...{ site: NODE, id: ID, series: shown, sample, skipped: THURSDAYS.exclude, now: NOW }}
      structuredData=""
      registerHref="/cafes/c/inscription"
      editHref={`/administration/series/${ID}`}
      signedIn
    />
  ),
  'series without a date to come': (
    <SeriesPage
      {...{ site: NODE, id: ID, sample: { ...sample, venue: undefined, summary: undefined } }}
      series={{ ...shown, dates: [], hasMore: false }}
      skipped={[]}
      structuredData=""
      registerHref={undefined}
      now={NOW}
      signedIn={false}
    />
  ),
  'café of a series': (
    <CafePage
      {...{ site: NODE, cafe: elsewhere, now: NOW, calendarHref: '/cafes/c.ics' }}
      series={{ ...shown, href: `/series/${ID}`, calendarHref: `/series/${ID}.ics` }}
    />
  ),
  'series of the administration': (
    <AdminSeriesPage
      {...ofAdmin}
      publication="published"
      dates={dates.map((cafe) => ({
        date: '2026-12-03T18:30',
        cafe,
        own: cafe === later ? ['startsAt', 'descriptionMarkdown'] : [],
      }))}
      skipped={THURSDAYS.exclude}
      flash="saved"
    />
  ),
  'series of a followed calendar': (
    <AdminSeriesPage
      {...ofAdmin}
      publication="published"
      dates={[{ date: '2026-12-03T18:30', cafe: sample, own: [] }]}
      skipped={THURSDAYS.exclude}
      isOfCalendar
    />
  ),
  'series that is a draft': (
    <AdminSeriesPage {...ofAdmin} publication="draft" dates={[]} skipped={[]} isStale />
  ),
  'series with errors': (
    <AdminSeriesPage
      {...ofAdmin}
      publication="published"
      dates={[]}
      skipped={[]}
      values={{ added: '2026-01-01', pauseFrom: EVIL, pauseUntil: '', reason: EVIL }}
      problems={[
        { field: 'added', code: 'in_the_past' },
        { field: 'pauseFrom', code: 'not_a_date' },
        { field: 'pauseUntil', code: 'too_long_pause' },
        { field: 'lastDay', code: 'required' },
        { field: 'reason', code: 'too_long', detail: '255' },
      ]}
    />
  ),
  ...Object.fromEntries(
    (['publish', 'skip', 'add', 'cancel', 'delete'] as const).map((act) => [
      `series, asked before: ${act}`,
      <SeriesActPage
        {...{ ...site, id: ID, title: EVIL, act, values: { act, reason: EVIL }, audience }}
        gone={act === 'cancel' || act === 'delete' ? ['2026-12-03', '2026-12-10'] : []}
        added={act === 'add' ? ['2026-12-24'] : []}
      />,
    ]),
  ),
  'change of several dates': (
    <ScopePage
      {...ofScope}
      kept={[
        { date: '2026-12-17T18:30', cafe: elsewhere, fields: ['venue'] },
        { date: '2027-01-07T18:30', cafe: later, fields: ['startsAt', 'summary', 'minutes'] },
      ]}
      isForOneAlone={false}
    />
  ),
  'change of one date alone': <ScopePage {...ofScope} kept={[]} isForOneAlone isHeld />,
  'new café on several dates': (
    <CafeFormPage
      {...ofForm}
      values={{ ...SEVERAL, repeats: 'weekly', ends: 'date', lastDay: '2027-03-25' }}
      problems={[]}
      season={{ plan, isAsked: true, beginning: ofScope.told, horizonDays: 60 }}
    />
  ),
  'new café on dates without an end': (
    <CafeFormPage
      {...ofForm}
      values={{ ...SEVERAL, repeats: 'monthly', ends: 'open', skipMonths: ['7', '8'] }}
      problems={[]}
      season={{ plan: { ...plan, isOpenEnded: true, flagged: [] }, horizonDays: 60 }}
    />
  ),
  'new café on several dates with errors': (
    <CafeFormPage
      {...ofForm}
      values={{
        ...{ ...SEVERAL, date: EVIL, repeats: 'listed', 'listed[]': ['2026-12-10', EVIL] },
        ...{ ends: 'count', count: EVIL, lastDay: EVIL },
      }}
      problems={[
        { field: 'date', code: 'not_a_date' },
        { field: 'listed', code: 'not_a_date' },
        { field: 'count', code: 'too_many_dates', detail: '400' },
        { field: 'lastDay', code: 'ends_before_start' },
        { field: 'skipMonths', code: 'no_date' },
        { field: 'publishDate', code: 'once_only' },
      ]}
      season={{ plan: undefined, horizonDays: 60 }}
    />
  ),
}
