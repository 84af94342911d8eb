/**
 * The page of a series for its team. POST `/administration/series/{id}`: `csrf` · `version` · `act` = `skip` (`day`) |
 * `restore` (`day`) | `add` (`added`, `addedTime`) | `pause` (`pauseFrom`, `pauseUntil`) | `end` (`lastDay`) | `cancel`
 * (`reason`) | `delete` | `publish` · `confirmed`, once what follows was shown.
 */

import type { Child } from 'hono/jsx'
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { NOTE_MAX } from '../../node/domain/cafes/status-change.ts'
import type { Recurrence } from '../../node/domain/series/recurrence.ts'
import type { DateField } from '../../node/domain/series/series.ts'
import { seriesWords } from '../../node/domain/series/words.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { VERSION } from '../admin/meanwhile.tsx'
import { type CafeAudience, WhatWillHappen } from '../cafes/audience.tsx'
import { DayTile } from '../cafes/series/several-dates.tsx'
import { stateOf } from '../cafes/state.ts'
import {
  type FormState,
  type FormValues,
  InputField,
  messagesOf,
  TextArea,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { OwnFields } from './own-fields.tsx'

type SeriesDateRow = {
  /** When the rule has it. */
  date: string
  cafe: Cafe
  /** The fields that were changed by hand. */
  own: readonly DateField[]
}

export type AdminSeriesPageProps = AdminProps & {
  id: string
  title: string
  version: string
  publication: 'draft' | 'published'
  recurrence: Recurrence
  /** The dates that have not begun. */
  dates: readonly SeriesDateRow[]
  /** The days to come that are left out. */
  skipped: readonly string[]
  values: FormValues
  problems: readonly Problem[]
  /** Whether a followed calendar says when it takes place, so that it is not changed here. */
  isOfCalendar: boolean
  /** Whether somebody has changed the series since the form that was sent was opened. */
  isStale: boolean
  now: Temporal.Instant
}

/** Shows the dates of a series, and what can be done to them. */
export function AdminSeriesPage(props: AdminSeriesPageProps) {
  const { site, session, id, title, recurrence, dates, skipped, publication, now, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.series.admin
  const { values, problems, isOfCalendar } = props
  const form: FormState = {
    ...{
      values,
      messages: messagesOf([...problems], t),
      labels: texts.labels,
      hints: texts.hints,
      t,
    },
  }
  const acts = { ...props, form, t }
  return (
    <AdminPage
      {...{ site, session, flash, title, form }}
      lead={sentenceCase(seriesWords(recurrence, t.lang))}
      current={paths.adminCafes}
      narrow
    >
      {props.isStale && <p class="notice">{texts.stale}</p>}
      {isOfCalendar && <p class="notice">{t.refusals['cafes.series_of_calendar']}</p>}
      {publication === 'draft' ? (
        <ActForm {...acts} act="publish" submit={texts.publish}>
          <p>{texts.isDraft}</p>
        </ActForm>
      ) : (
        <p>
          <Link href={paths.series(id)}>{texts.publicPage}</Link>
        </p>
      )}
      <section aria-labelledby="dates">
        <h2 id="dates">{texts.dates(dates.length)}</h2>
        {dates.length === 0 && <p>{texts.none}</p>}
        <ul class="rows to-see">
          {dates.map((row) => (
            <DateRow {...acts} row={row} now={now} />
          ))}
        </ul>
        {skipped.length > 0 && !isOfCalendar && <Skipped {...acts} days={skipped} />}
      </section>
      {!isOfCalendar && <Acts {...acts} />}
    </AdminPage>
  )
}

type ActProps = Pick<AdminSeriesPageProps, 'id' | 'version' | 'session'> & { t: Messages }

type ActFormProps = ActProps & {
  act: string
  submit: string
  isDanger?: boolean
  isSmall?: boolean
  children?: Child
}

/** One act, as a form of its own. */
const ActForm = ({
  id,
  version,
  session,
  act,
  submit,
  isDanger,
  isSmall,
  children,
}: ActFormProps) => (
  <PostForm csrf={session.csrf} action={paths.adminSeries(id)} class={isSmall ? 'inline' : 'stack'}>
    <input type="hidden" name={VERSION} value={version} />
    <input type="hidden" name="act" value={act} />
    {children}
    <button
      type="submit"
      class={['button', isDanger ? 'danger' : 'quiet', isSmall ? 'small' : ''].join(' ')}
    >
      {submit}
    </button>
  </PostForm>
)

type DateRowProps = ActProps &
  Pick<AdminSeriesPageProps, 'isOfCalendar' | 'now'> & { row: SeriesDateRow }

function DateRow({ row, now, isOfCalendar, ...acts }: DateRowProps) {
  const { t } = acts
  const texts = t.series.admin
  const { cafe, date, own } = row
  const day = Temporal.PlainDate.from(date.slice(0, 'YYYY-MM-DD'.length))
  const state = stateOf(cafe, now)
  const start = startsAtPlace(cafe)
  return (
    <li>
      <DayTile day={start.toPlainDate()} t={t} />
      <div>
        <h3>{sentenceCase(longDate(start.toPlainDate(), t.lang))}</h3>
        <p>
          {state && <span class="state">{t.cafe.state[state]}</span>}
          {clock(start, t.lang)}
        </p>
        {own.length > 0 && <OwnFields fields={own} t={t} />}
      </div>
      <div class="do">
        <Link href={paths.editCafe(cafe.id)}>
          {t.admin.home.edit}
          <span class="unseen">{longDate(day, t.lang)}</span>
        </Link>
        {state !== 'cancelled' && !isOfCalendar && (
          <ActForm {...acts} act="skip" submit={texts.skip} isSmall>
            <input type="hidden" name="day" value={day.toString()} />
          </ActForm>
        )}
      </div>
    </li>
  )
}

const Skipped = ({ days, ...acts }: ActProps & { days: readonly string[] }) => (
  <details>
    <summary>{acts.t.series.admin.skipped(days.length)}</summary>
    <ul class="rows to-see">
      {days.map((day) => (
        <li>
          <DayTile day={Temporal.PlainDate.from(day)} t={acts.t} />
          <p>{sentenceCase(longDate(Temporal.PlainDate.from(day), acts.t.lang))}</p>
          <div class="do">
            <ActForm {...acts} act="restore" submit={acts.t.series.admin.restore} isSmall>
              <input type="hidden" name="day" value={day} />
            </ActForm>
          </div>
        </li>
      ))}
    </ul>
  </details>
)

/** What is done to several dates, or to all that are to come. */
function Acts({ form, ...acts }: ActProps & { form: FormState }) {
  const { acts: texts } = form.t.series.admin
  const field = { form, short: true }
  const parts = [
    ['add', ['added', 'date'], ['addedTime', 'time']],
    ['pause', ['pauseFrom', 'date'], ['pauseUntil', 'date']],
    ['end', ['lastDay', 'date']],
  ] as const
  return (
    <section class="folds" aria-labelledby="changer">
      <h2 id="changer">{texts.heading}</h2>
      {parts.map(([act, ...fields]) => (
        <details class="fold" open={fields.some(([name]) => hasMessage(form, name))}>
          <summary>
            <h3>{texts[act]}</h3>
          </summary>
          <ActForm {...acts} act={act} submit={texts[act]}>
            <div class="row">
              {fields.map(([name, type]) => (
                <InputField {...field} name={name} type={type} />
              ))}
            </div>
          </ActForm>
        </details>
      ))}
      <details class="fold" open={hasMessage(form, 'reason')}>
        <summary>
          <h3>{texts.cancel}</h3>
        </summary>
        <ActForm {...acts} act="cancel" submit={texts.cancel} isDanger>
          <TextArea form={form} name="reason" rows={2} max={NOTE_MAX} optional />
        </ActForm>
      </details>
      <details class="fold">
        <summary>
          <h3>{texts.delete}</h3>
        </summary>
        <ActForm {...acts} act="delete" submit={texts.delete} isDanger>
          <p>{texts.deleteHint}</p>
        </ActForm>
      </details>
    </section>
  )
}

const hasMessage = ({ messages }: FormState, field: string): boolean =>
  messages.some(({ name }) => name === field)

export type SeriesActPageProps = AdminProps & {
  id: string
  title: string
  act: string
  /** What is sent again with the confirmation. */
  values: FormValues
  /** The days whose cafés are no longer held, and those that are new. */
  gone: readonly string[]
  added: readonly string[]
  audience: CafeAudience
}

const DEEDS: { readonly [act: string]: 'new' | 'removal' } = { publish: 'new', delete: 'removal' }

/** Says what an act changes and who is told, before it is done. */
export function SeriesActPage(props: SeriesActPageProps) {
  const { site, session, id, title, act, values, gone, added, audience } = props
  const t = messagesFor(site.lang)
  const { sure } = t.series.admin
  const isDanger = act === 'cancel' || act === 'delete'
  const lines = [
    [gone, act === 'delete' ? sure.deleted(gone.length) : sure.gone(gone.length)],
    [added, sure.added(added.length)],
  ] as const
  return (
    <AdminPage
      {...{ site, session }}
      title={sure.title[act] ?? sure.title.other ?? ''}
      current={paths.adminCafes}
      narrow
    >
      <p class="panel">
        <strong>
          <UserText t={t}>{title}</UserText>
        </strong>
      </p>
      {lines.map(([days, sentence]) =>
        days.length === 0 ? null : (
          <>
            <p>{sentence}</p>
            <ul class="day-list">
              {days.map((day) => (
                <li>{longDate(Temporal.PlainDate.from(day), t.lang)}</li>
              ))}
            </ul>
          </>
        ),
      )}
      {gone.length + added.length === 0 && act !== 'publish' && <p>{sure.nothing}</p>}
      <WhatWillHappen
        audience={audience}
        deed={DEEDS[act] ?? 'change'}
        isCancelled={act === 'cancel'}
        season={[]}
        t={t}
      />
      <PostForm csrf={session.csrf} action={paths.adminSeries(id)}>
        {Object.entries(values).flatMap(([name, value]) =>
          [value].flat().map((text) => <input type="hidden" name={name} value={text} />),
        )}
        <input type="hidden" name="confirmed" value="1" />
        <p class="buttons">
          <button type="submit" class={isDanger ? 'button danger' : 'button'}>
            {sure.submit}
          </button>
          <Link href={paths.adminSeries(id)}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
    </AdminPage>
  )
}
