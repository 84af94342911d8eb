/**
 * The form for a café's state. POST on the same address: `csrf` · `situation` (one of `STATUS_CHANGES`) ·
 * `note.{situation}` · `onlineUrl` · `version` (of the café that the page shows).
 */

import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import {
  decideStatusChange,
  NOTE_MAX,
  STATUS_CHANGES,
  type StatusChange,
  statusChangeOf,
} from '../../node/domain/cafes/status-change.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { type MeanwhileProps, VERSION } from '../admin/meanwhile.tsx'
import { type FormState, type FormValues, InputField, messagesOf } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { VersionInput, WhichCafe } from './action-pages.tsx'
import { type CafeAudience, hasAudience, SeenElsewhere, WhatWillHappen } from './audience.tsx'

export type StatusPageProps = AdminProps & {
  cafe: Cafe
  audience: CafeAudience
  /** The values as they were typed, when something was wrong; otherwise those of `newStatusValues`. */
  values: FormValues
  problems: Problem[]
  /** What was done last, where the page that was sent is out of date. */
  meanwhile?: Pick<MeanwhileProps, 'edit'> | undefined
}

/**
 * Returns the values of the form as it opens: the current state, with its note. `wanted` is the state that a link
 * suggests.
 */
export function newStatusValues(cafe: Cafe, wanted: string | undefined): FormValues {
  const current = statusChangeOf(cafe)
  return {
    situation: STATUS_CHANGES.find((known) => known === wanted) ?? current,
    onlineUrl: cafe.onlineUrl ?? '',
    [`note.${current}`]: cafe.statusNote ?? '',
  }
}

export function StatusPage(props: StatusPageProps) {
  const { site, session, cafe, audience, values, problems, meanwhile } = props
  const t = messagesFor(site.lang)
  const texts = t.cafeStatus.change
  const chosen = String(values.situation)
  const inputFor = (field: string) => (field === 'note' ? `note.${chosen}` : field)
  const messages = messagesOf(problems, t, inputFor)
  const form: FormState = { values, messages, labels: texts.labels, hints: texts.hints, t }
  return (
    <AdminPage title={texts.title} form={form} {...{ site, session }} narrow>
      <WhichCafe {...{ cafe, meanwhile, t }} />
      {cafe.publication === 'published' ? (
        <>
          <PostForm csrf={session.csrf} action={paths.cafeStatus(cafe.id)} class="stack" novalidate>
            <VersionInput cafe={cafe} seen={meanwhile ? undefined : values[VERSION]} />
            <fieldset class="situations" id="situation">
              <legend>{texts.question}</legend>
              {STATUS_CHANGES.map((statusChange) => (
                <Answer statusChange={statusChange} cafe={cafe} form={form} t={t} />
              ))}
            </fieldset>
            <WhatWillHappen audience={audience} deed="change" t={t} />
            <p class="buttons">
              <button type="submit" class="button">
                {hasAudience(audience) ? texts.submit : texts.submitOnly}
              </button>
              <Link href={paths.admin}>{t.admin.form.cancel}</Link>
            </p>
          </PostForm>
          <p>
            {texts.newDateHow} <Link href={paths.editCafe(cafe.id)}>{texts.newDate}</Link>
          </p>
        </>
      ) : (
        <>
          <p>{texts.unpublished}</p>
          <p>
            <Link href={paths.editCafe(cafe.id)}>{t.admin.home.edit}</Link>
          </p>
        </>
      )}
    </AdminPage>
  )
}

type AnswerProps = { statusChange: StatusChange; cafe: Cafe; form: FormState; t: Messages }

/** One answer, with its fields and a preview of the announcement; a stylesheet hides those of answers not chosen. */
const Answer = ({ statusChange, cafe, form, t }: AnswerProps) => (
  <div class="situation">
    <label class="choice">
      <input
        type="radio"
        name="situation"
        value={statusChange}
        checked={form.values.situation === statusChange}
      />
      <span>
        {t.cafeStatus.change.choice[statusChange]}
        {statusChangeOf(cafe) === statusChange && (
          <span class="hint"> {t.cafeStatus.change.now}</span>
        )}
      </span>
    </label>
    <div class="situation-more">
      <p>{t.cafeStatus.change.effect[statusChange]}</p>
      {statusChange === 'moved-online' && <InputField form={form} name="onlineUrl" type="url" />}
      <InputField form={form} name={`note.${statusChange}`} max={NOTE_MAX} optional />
      <Preview cafe={cafe} statusChange={statusChange} form={form} t={t} />
    </div>
  </div>
)

/** Shows the exact words of the announcement; a placeholder stands for what is still to be typed. */
function Preview({ cafe, statusChange, form, t }: AnswerProps) {
  const typed = form.values[`note.${statusChange}`]
  const note = typeof typed === 'string' && typed !== '' ? typed : `[${t.audience.yourWords}]`
  const decided = decideStatusChange(cafe, {
    statusChange,
    note: note.slice(0, NOTE_MAX),
    onlineUrl: cafe.onlineUrl ?? 'https://exemple.fr',
  })
  return decided.value ? <SeenElsewhere cafe={decided.value} before={cafe} t={t} /> : null
}
