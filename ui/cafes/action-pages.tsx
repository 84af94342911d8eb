/** Pages that ask for confirmation before a café is published, cancelled or deleted, and say who will see what. */

import { type Cafe, versionOfCafe } from '../../node/domain/cafes/cafe.ts'
import { decideStatusChange, NOTE_MAX } from '../../node/domain/cafes/status-change.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { AdminPage } from '../admin/layout.tsx'
import { Meanwhile, type MeanwhileProps, VERSION } from '../admin/meanwhile.tsx'
import {
  type FormState,
  type FormValues,
  InputField,
  messagesOf,
  TextArea,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type CafeAudience, SeenElsewhere, WhatWillHappen } from './audience.tsx'
import { dayAndHourText } from './state.ts'

export type ActionPageProps = {
  site: Site
  session: AdminSession
  cafe: Cafe
  audience: CafeAudience
  /** What was done last, where the page that was sent is out of date. */
  meanwhile?: Pick<MeanwhileProps, 'edit'> | undefined
}

/** POST on the same address: `csrf`, `version`. */
export function PublishCafePage(props: ActionPageProps) {
  const { site, session, cafe, audience } = props
  const t = messagesFor(site.lang)
  const texts = t.audience.publish
  return (
    <AdminPage title={texts.title} {...{ site, session }} narrow>
      <WhichCafe {...props} t={t} />
      <SeenElsewhere cafe={cafe} t={t} />
      <WhatWillHappen audience={audience} deed="new" t={t} />
      <PostForm csrf={session.csrf} action={paths.publishCafe(cafe.id)}>
        <VersionInput cafe={cafe} />
        <p class="buttons">
          <button type="submit" class="button">
            {texts.submit}
          </button>
          <Link href={paths.editCafe(cafe.id)}>{texts.edit}</Link>
        </p>
      </PostForm>
    </AdminPage>
  )
}

export type CancelCafePageProps = ActionPageProps & {
  /** The reason as it was typed. */
  reason?: string | undefined
  /** The version that the page showed which is shown again after the sign-in. */
  seen?: string | undefined
  problems?: Problem[] | undefined
}

/** POST on the same address: `csrf`, `version`, `reason` (may be empty). */
export function CancelCafePage(props: CancelCafePageProps) {
  const { site, session, cafe, audience, reason, problems } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.cancel
  const form: FormState = {
    values: { reason: reason ?? '' },
    messages: messagesOf(problems ?? [], t, () => 'reason'),
    labels: { reason: texts.reason },
    hints: { reason: texts.reasonHint },
    t,
  }
  const note = reason?.slice(0, NOTE_MAX) || `[${t.audience.yourWords}]`
  const decided = decideStatusChange(cafe, { statusChange: 'cancelled', note })
  return (
    <AdminPage title={texts.title} form={form} {...{ site, session }} narrow>
      <WhichCafe {...props} t={t} />
      <p>{texts.lead}</p>
      <PostForm csrf={session.csrf} action={paths.cancelCafe(cafe.id)} class="stack" novalidate>
        <VersionInput cafe={cafe} seen={props.seen} />
        <TextArea form={form} name="reason" rows={2} max={NOTE_MAX} optional />
        {decided.value && <SeenElsewhere cafe={decided.value} before={cafe} t={t} />}
        <WhatWillHappen audience={audience} deed="change" isCancelled t={t} />
        <p class="buttons">
          <button type="submit" class="button danger">
            {texts.submit}
          </button>
          <Link href={paths.editCafe(cafe.id)}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
    </AdminPage>
  )
}

export type DeleteCafePageProps = ActionPageProps & {
  reason?: string | undefined
  /** Whether it refuses a suggested café, which needs a reason for its author. */
  suggested?: 'refused' | 'without-reason' | undefined
}

/** POST on the same address: `csrf`, `version`, `reason` (for the team; may be empty, but where a café was suggested). */
export function DeleteCafePage(props: DeleteCafePageProps) {
  const { site, session, cafe, audience, reason, suggested } = props
  const t = messagesFor(site.lang)
  const refusal = t.suggestion.team
  const texts = suggested
    ? { ...t.admin.delete, ...refusal, title: refusal.refuseTitle, lead: refusal.refuseLead }
    : t.admin.delete
  const isAnnounced = cafe.publication === 'published' && cafe.status !== 'cancelled'
  const form: FormState = {
    values: { reason: reason ?? '' },
    messages:
      suggested === 'without-reason' ? [{ name: 'reason', message: refusal.reasonMissing }] : [],
    labels: { reason: texts.reason },
    hints: { reason: texts.reasonHint },
    t,
  }
  return (
    <AdminPage title={texts.title} form={form} {...{ site, session }} narrow>
      <WhichCafe {...props} t={t} />
      <p>{texts.lead}</p>
      {isAnnounced && (
        <p>
          {texts.prefer} <Link href={paths.cancelCafe(cafe.id)}>{texts.ratherCancel}</Link>
        </p>
      )}
      {cafe.publication === 'published' && (
        <WhatWillHappen audience={audience} deed="removal" t={t} />
      )}
      <PostForm csrf={session.csrf} action={paths.deleteCafe(cafe.id)} class="stack">
        <VersionInput cafe={cafe} />
        <InputField form={form} name="reason" max={NOTE_MAX} optional={!suggested} />
        <p class="buttons">
          <button type="submit" class="button danger">
            {texts.submit}
          </button>
          <Link href={paths.editCafe(cafe.id)}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
    </AdminPage>
  )
}

type WhichCafeProps = Pick<ActionPageProps, 'cafe' | 'meanwhile'> & { t: Messages }

/**
 * Names the café that the page is about, so that nobody mistakes it for another; above it what was done meanwhile, where
 * the page that was sent is out of date.
 */
export const WhichCafe = ({ cafe, meanwhile, t }: WhichCafeProps) => (
  <>
    {meanwhile && <Meanwhile words={t.admin.edits.meanwhile} {...meanwhile} t={t} />}
    <p class="panel">
      <strong>
        <UserText cafe={cafe} t={t}>
          {cafe.title}
        </UserText>
      </strong>
      <span class="line">
        {dayAndHourText(cafe, t)}
        {cafe.venue && `, ${cafe.venue.name}`}
      </span>
    </p>
  </>
)

type VersionInputProps = { cafe: Cafe; seen?: FormValues[string] | undefined }

/** The version of the café that the page shows; `seen` is that of a form that is shown again as it was sent. */
export const VersionInput = ({ cafe, seen }: VersionInputProps) => (
  <input type="hidden" name={VERSION} value={String(seen || versionOfCafe(cafe))} />
)
