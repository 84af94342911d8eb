/** Pages that ask for confirmation before a café is published, cancelled or deleted, and say who will see what. */

import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { decideStatusChange, NOTE_MAX } from '../../node/domain/cafes/status-change.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { AdminPage } from '../admin/layout.tsx'
import { type FormState, messagesOf, TextArea } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type CafeAudience, SeenElsewhere, WhatWillHappen } from './audience.tsx'
import { dayAndHourText } from './state.ts'

type ActionPageProps = { site: Site; session: AdminSession; cafe: Cafe; audience: CafeAudience }

/** POST on the same address: `csrf`. */
export function PublishCafePage({ site, session, cafe, audience }: ActionPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.audience.publish
  return (
    <AdminPage title={texts.title} {...{ site, session }} narrow>
      <WhichCafe cafe={cafe} t={t} />
      <SeenElsewhere cafe={cafe} t={t} />
      <WhatWillHappen audience={audience} deed="new" t={t} />
      <PostForm csrf={session.csrf} action={paths.publishCafe(cafe.id)}>
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
  problems?: Problem[] | undefined
}

/** POST on the same address: `csrf`, `reason` (may be empty). */
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
      <WhichCafe cafe={cafe} t={t} />
      <p>{texts.lead}</p>
      <PostForm csrf={session.csrf} action={paths.cancelCafe(cafe.id)} class="stack" novalidate>
        <TextArea form={form} name="reason" rows={2} max={NOTE_MAX} optional />
        {decided.cafe && <SeenElsewhere cafe={decided.cafe} before={cafe} t={t} />}
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

/** POST on the same address: `csrf`. */
export function DeleteCafePage({ site, session, cafe, audience }: ActionPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.delete
  const isAnnounced = cafe.publication === 'published' && cafe.status !== 'cancelled'
  return (
    <AdminPage title={texts.title} {...{ site, session }} narrow>
      <WhichCafe cafe={cafe} t={t} />
      <p>{texts.lead}</p>
      {isAnnounced && (
        <p>
          {texts.prefer} <Link href={paths.cancelCafe(cafe.id)}>{texts.ratherCancel}</Link>
        </p>
      )}
      {cafe.publication === 'published' && (
        <WhatWillHappen audience={audience} deed="removal" t={t} />
      )}
      <PostForm csrf={session.csrf} action={paths.deleteCafe(cafe.id)}>
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

/** Names the café that the page is about, so that nobody mistakes it for another. */
export const WhichCafe = ({ cafe, t }: { cafe: Cafe; t: Messages }) => (
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
)
