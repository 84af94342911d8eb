/**
 * What becomes of a café. POST on the same address: `csrf` · `situation` (one of `SITUATIONS`) ·
 * `note.{situation}` · `onlineUrl`.
 */
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import {
  decideSituation,
  NOTE_MAX,
  SITUATIONS,
  type Situation,
  situationOf,
} from '../../node/domain/cafes/status-change.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { DeskLayout } from '../admin/layout.tsx'
import {
  CsrfInput,
  ErrorSummary,
  type FormState,
  type FormValues,
  InputField,
  messagesOf,
  titleOfForm,
} from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { Typed } from '../components/user-text.tsx'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { type Reach, SeenElsewhere, WhatWillHappen } from './audience.tsx'

export type SituationPageProps = {
  site: Site
  session: DeskSession
  cafe: Cafe
  reach: Reach
  /** As typed, when something was wrong; else `newSituationValues`. */
  values: FormValues
  problems: Problem[]
}

/** The form as it opens: what is the case, with its words. `wanted` is the answer that a link suggests. */
export function newSituationValues(cafe: Cafe, wanted: string | undefined): FormValues {
  const current = situationOf(cafe)
  return {
    situation: SITUATIONS.find((situation) => situation === wanted) ?? current,
    onlineUrl: cafe.onlineUrl ?? '',
    [`note.${current}`]: cafe.statusNote ?? '',
  }
}

export function SituationPage(props: SituationPageProps) {
  const { site, session, cafe, reach, values, problems } = props
  const t = stringsFor(site.lang)
  const words = t.situation
  const chosen = String(values.situation)
  const inputFor = (field: string) => (field === 'note' ? `note.${chosen}` : field)
  const messages = messagesOf(problems, t, inputFor)
  const form: FormState = { values, messages, labels: words.labels, hints: words.hints, t }
  const start = startsAtPlace(cafe)
  return (
    <DeskLayout title={titleOfForm(form, words.title)} site={site} session={session}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="panel">
          <strong>
            <Typed cafe={cafe} t={t}>
              {cafe.title}
            </Typed>
          </strong>
          <span class="line">
            {sentenceCase(longDate(start, t.lang))}, {clock(start, t.lang)}
            {cafe.venue && `, ${cafe.venue.name}`}
          </span>
        </p>
        {cafe.publication === 'published' ? (
          <>
            <ErrorSummary form={form} />
            <form method="post" action={paths.cafeSituation(cafe.id)} class="stack" novalidate>
              <CsrfInput csrf={session.csrf} />
              <fieldset class="situations" id="situation">
                <legend>{words.question}</legend>
                {SITUATIONS.map((situation) => (
                  <Answer situation={situation} cafe={cafe} form={form} t={t} />
                ))}
              </fieldset>
              <WhatWillHappen reach={reach} deed="change" t={t} />
              <p class="buttons">
                <button type="submit" class="button">
                  {words.submit}
                </button>
                <a href={paths.desk}>{t.desk.form.cancel}</a>
              </p>
            </form>
            <p>
              {words.newDateHow} <a href={paths.editCafe(cafe.id)}>{words.newDate}</a>
            </p>
          </>
        ) : (
          <>
            <p>{words.unpublished}</p>
            <p>
              <a href={paths.editCafe(cafe.id)}>{t.desk.home.edit}</a>
            </p>
          </>
        )}
      </div>
    </DeskLayout>
  )
}

type AnswerProps = { situation: Situation; cafe: Cafe; form: FormState; t: Strings }

/** One answer, with what it needs and what it makes others see; a stylesheet folds those not chosen. */
const Answer = ({ situation, cafe, form, t }: AnswerProps) => (
  <div class="situation">
    <label class="choice">
      <input
        type="radio"
        name="situation"
        value={situation}
        checked={form.values.situation === situation}
      />
      <span>
        {t.situation.choice[situation]}
        {situationOf(cafe) === situation && <span class="hint"> {t.situation.now}</span>}
      </span>
    </label>
    <div class="situation-more">
      <p>{t.situation.effect[situation]}</p>
      {situation === 'moved-online' && <InputField form={form} name="onlineUrl" type="url" />}
      <InputField form={form} name={`note.${situation}`} max={NOTE_MAX} optional />
      <Preview cafe={cafe} situation={situation} form={form} t={t} />
    </div>
  </div>
)

/** The very words that leave; the ones to be typed stand as a reminder. */
function Preview({ cafe, situation, form, t }: AnswerProps) {
  const typed = form.values[`note.${situation}`]
  const note = typeof typed === 'string' && typed !== '' ? typed : `[${t.reach.yourWords}]`
  const decided = decideSituation(cafe, {
    situation,
    note: note.slice(0, NOTE_MAX),
    onlineUrl: cafe.onlineUrl ?? 'https://exemple.fr',
  })
  return decided.cafe ? <SeenElsewhere cafe={decided.cafe} before={cafe} t={t} /> : null
}
