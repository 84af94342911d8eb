/**
 * The part of the form of a new café that plans a series: `dates` = `one` | `several` · `repeats` · `ends` · `lastDay` ·
 * `count` · `listed` (one for each date) · `skipMonths` · `answer.2026-12-24` = `skip` | `keep` for each date to look at ·
 * `planned` (the dates that were shown) · `save` = `dates` shows them.
 */

import type { SeriesMessage } from '../../../node/domain/series/series-message.ts'
import { nthWeekdayText } from '../../../node/domain/series/words.ts'
import {
  clock,
  dayParts,
  longDate,
  monthNames,
  weekdayNames,
} from '../../../node/domain/values/date-text.ts'
import { readDay } from '../../../node/domain/values/days.ts'
import { type Choice, FieldError, type FormState, SelectField } from '../../components/fields.tsx'
import type { Fields } from '../../forms/description.ts'
import { FormField } from '../../forms/form-field.tsx'
import type { Messages } from '../../locales/messages.ts'
import { sentenceCase } from '../../locales/typography.ts'

export const REPEATS = ['weekly', 'fortnightly', 'monthly', 'last', 'listed'] as const
export const ENDS = ['date', 'count', 'open'] as const

/** The fields of a series, which the form of a new café has besides its own. */
export const SERIES_FIELDS = {
  dates: { kind: 'part', usual: 'one' },
  repeats: { kind: 'part', usual: 'weekly' },
  ends: { kind: 'part', usual: 'date' },
  lastDay: { kind: 'date', short: true },
  count: { kind: 'number', short: true, inputmode: 'numeric' },
  'listed[]': { kind: 'part', usual: [] },
  skipMonths: { kind: 'boxes', choices: months },
} as const satisfies Fields

/** The name of the answer about a day to look at. */
export const answerName = (day: string): string => `answer.${day}`

/** The dates of a series before anything is saved. */
export type PlannedDates = {
  /** The rule as one would say it. */
  words: string
  /** The first date, by the clock of the place. */
  start: Temporal.PlainDateTime
  /** All days of it; of a rule without an end, those of a year. */
  days: readonly { day: string; isSkipped: boolean }[]
  isOpenEnded: boolean
  /** The days to look at, with the reason: a public holiday by its name, or what is written of the closure. */
  flagged: readonly FlaggedDay[]
  /** What says which dates were shown (`planned`). */
  shown: string
}

/** What the form of a new café needs where several dates may be planned. */
export type Season = {
  plan: PlannedDates | undefined
  /** Whether the dates are shown before they are saved, because nobody has seen them yet. */
  isAsked?: boolean
  /** What followers read first of it, where the form says enough. */
  beginning?: SeriesMessage | undefined
  /** For how many days ahead the dates of a rule without an end have a page. */
  horizonDays: number
}

/** Says what publishing a series does, one sentence per effect. */
export function effectsOfSeason(
  { plan, horizonDays }: Season & { plan: PlannedDates },
  { series: { plan: texts }, lang }: Messages,
): string[] {
  const { effects } = texts
  return [
    effects.page,
    plan.isOpenEnded ? effects.horizon(horizonDays) : effects.whole,
    effects.hour(clock(plan.start, lang)),
    effects.posts,
  ]
}

type FlaggedDay = {
  day: string
  kind: 'closed' | 'holiday'
  text: string | undefined
  isSkipped: boolean
}

/** The number of empty lines below the dates that are listed already. */
const EMPTY_LINES = 4

function months({ lang }: Messages): Choice[] {
  return monthNames(lang).map((name, at) => [String(at + 1), name])
}

/** Asks whether it is for once or for several dates; those who choose the latter say how it repeats. */
export const DatesSwitch = ({ form }: { form: FormState }) => {
  const texts = form.t.series.plan
  const chosen = form.values.dates ?? 'one'
  return (
    <div class="switch" role="radiogroup" aria-label={texts.times}>
      {(['one', 'several'] as const).map((value) => (
        <label>
          <input type="radio" name="dates" value={value} checked={chosen === value} />
          {texts.dates[value]}
        </label>
      ))}
    </div>
  )
}

/** How a series repeats and when it ends, with the button that shows its dates. */
export const RecurrenceFields = ({ form }: { form: FormState }) => {
  const texts = form.t.series.plan
  const one = { form: { ...form, hints: texts.hints } }
  return (
    <div class="panel if-several">
      <div class="row">
        <SelectField
          {...one}
          name="repeats"
          groups={[{ label: texts.labels.repeats, choices: repeatChoices(form) }]}
        />
        <div class="if-rule">
          <SelectField
            {...one}
            name="ends"
            groups={[
              { label: texts.labels.ends, choices: ENDS.map((each) => [each, texts.ends[each]]) },
            ]}
          />
        </div>
      </div>
      <div class="row if-rule">
        <div class="if-last-day">
          <FormField {...one} name="lastDay" field={SERIES_FIELDS.lastDay} />
        </div>
        <div class="if-count">
          <FormField {...one} name="count" field={SERIES_FIELDS.count} />
        </div>
      </div>
      <ListedDates {...one} />
      <details class="if-rule" open={chosenOf(form, 'skipMonths').length > 0}>
        <summary>{texts.skipMonths}</summary>
        <FormField {...one} name="skipMonths" field={SERIES_FIELDS.skipMonths} />
      </details>
      <p>
        <button type="submit" name="save" value="dates" class="button quiet">
          {texts.show}
        </button>
      </p>
    </div>
  )
}

const chosenOf = ({ values }: FormState, name: string): string[] =>
  [values[name] ?? []].flat().filter((text) => text !== '')

/** Names the monthly rules by the day that was typed, « le deuxième jeudi ». */
function repeatChoices({ values, t }: FormState): Choice[] {
  const texts = t.series.plan.repeats
  const day = readDay(String(values.date ?? ''))
  const weekday = day && weekdayNames(t.lang)[day.dayOfWeek - 1]
  return [
    ['weekly', texts.weekly],
    ['fortnightly', texts.fortnightly],
    ['monthly', day ? texts.monthly(nthWeekdayText(day, t.lang)) : texts.monthlyUndated],
    ['last', weekday ? texts.last(weekday) : texts.lastUndated],
    ['listed', texts.listed],
  ]
}

/** A line for each date of a list, and some empty ones. */
function ListedDates({ form }: { form: FormState }) {
  const texts = form.t.series.plan
  const typed = chosenOf(form, 'listed[]')
  const lines = [...typed, ...Array<string>(EMPTY_LINES).fill('')]
  const message = form.messages.find(({ name }) => name === 'listed')?.message
  return (
    <fieldset class="if-listed" id="listed" tabindex={message ? -1 : undefined}>
      <legend>{texts.labels.listed}</legend>
      <span class="hint">{texts.hints.listed}</span>
      <FieldError id="listed-erreur" message={message} />
      <div class="listed-dates">
        {lines.map((day, at) => (
          <input
            type={day === '' || readDay(day) ? 'date' : 'text'}
            name="listed[]"
            value={day}
            aria-label={texts.otherDate(at + 2)}
          />
        ))}
      </div>
    </fieldset>
  )
}

type PlanProps = { plan: PlannedDates | undefined; t: Messages }

/** The rule in words, all its dates, a month on each line, and those that somebody should look at. */
export const PlannedSeason = ({ plan, t }: PlanProps) => (
  <div class="planned" id="dates-prevues" aria-live="polite" tabindex={-1}>
    {plan && (
      <>
        <section class="panel" aria-labelledby="regle">
          <input type="hidden" name="planned" value={plan.shown} />
          <p class="rule-words">
            <strong id="regle">{sentenceCase(plan.words)}</strong>
            <span>{totalText(plan, t)}</span>
          </p>
          <Season days={plan.days} t={t} />
        </section>
        {plan.flagged.length > 0 && <Flagged days={plan.flagged} t={t} />}
      </>
    )}
  </div>
)

function totalText({ days, isOpenEnded }: PlannedDates, { series: { plan: texts } }: Messages) {
  const skipped = days.filter(({ isSkipped }) => isSkipped).length
  const total = (isOpenEnded ? texts.totalWithin : texts.total)(days.length - skipped)
  return skipped > 0 ? `${total}, ${texts.skipped(skipped)}` : total
}

const Season = ({ days, t }: Pick<PlannedDates, 'days'> & { t: Messages }) => (
  <ol class="season">
    {[...Map.groupBy(days, ({ day }) => day.slice(0, 'YYYY-MM'.length))].map(([month, ofMonth]) => (
      <li>
        <b>{t.series.plan.month(month)}</b>
        <div>
          {ofMonth.map(({ day, isSkipped }) => (
            <span class={isSkipped ? 'is-skipped' : undefined}>
              {Number(day.slice(-2))}
              {isSkipped && <span class="unseen"> {t.series.plan.isSkipped}</span>}
            </span>
          ))}
        </div>
      </li>
    ))}
  </ol>
)

const Flagged = ({ days, t }: { days: readonly FlaggedDay[]; t: Messages }) => (
  <section aria-labelledby="a-regarder">
    <h2 id="a-regarder">{t.series.plan.toLookAt(days.length)}</h2>
    <ul class="rows to-see">
      {days.map((each) => (
        <FlaggedRow {...each} t={t} />
      ))}
    </ul>
  </section>
)

function FlaggedRow({ day, kind, text, isSkipped, t }: FlaggedDay & { t: Messages }) {
  const texts = t.series.plan
  const date = Temporal.PlainDate.from(day)
  return (
    <li>
      <DayTile day={date} t={t} />
      <div>
        <h3>{texts[kind]}</h3>
        <p>{text ?? texts.closedHint}</p>
      </div>
      <div class="do">
        <div class="switch small" role="radiogroup" aria-label={longDate(date, t.lang)}>
          {(['skip', 'keep'] as const).map((answer) => (
            <label>
              <input
                type="radio"
                name={answerName(day)}
                value={answer}
                checked={(answer === 'skip') === isSkipped}
              />
              {texts[answer]}
            </label>
          ))}
        </div>
      </div>
    </li>
  )
}

/** A day as a small block: « jeu. 24 déc. ». */
export const DayTile = ({ day, t }: { day: Temporal.PlainDate; t: Messages }) => {
  const { weekday, month } = dayParts(day, t.lang)
  return (
    <time class="day-block" datetime={day.toString()}>
      {weekday} <b>{day.day}</b> {month}
    </time>
  )
}
