/** Pages that ask before a café is published, cancelled or deleted: what will be seen, and by whom. */
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { decideSituation, NOTE_MAX } from '../../node/domain/cafes/status-change.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { DeskLayout } from '../admin/layout.tsx'
import {
  CsrfInput,
  ErrorSummary,
  type FormState,
  messagesOf,
  TextArea,
  titleOfForm,
} from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { Typed } from '../components/user-text.tsx'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { type Reach, SeenElsewhere, WhatWillHappen } from './audience.tsx'

type ActionPageProps = { site: Site; session: DeskSession; cafe: Cafe; reach: Reach }

/** POST on the same address: `csrf`. */
export function PublishCafePage({ site, session, cafe, reach }: ActionPageProps) {
  const t = stringsFor(site.lang)
  const words = t.reach.publish
  return (
    <DeskLayout title={words.title} site={site} session={session}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <Which cafe={cafe} t={t} />
        <SeenElsewhere cafe={cafe} t={t} />
        <WhatWillHappen reach={reach} deed="new" t={t} />
        <form method="post" action={paths.publishCafe(cafe.id)}>
          <CsrfInput csrf={session.csrf} />
          <p class="buttons">
            <button type="submit" class="button">
              {words.submit}
            </button>
            <a href={paths.editCafe(cafe.id)}>{words.edit}</a>
          </p>
        </form>
      </div>
    </DeskLayout>
  )
}

export type CancelCafePageProps = ActionPageProps & {
  /** As typed. */
  reason?: string | undefined
  problems?: Problem[] | undefined
}

/** POST on the same address: `csrf`, `reason` (may be empty). */
export function CancelCafePage(props: CancelCafePageProps) {
  const { site, session, cafe, reach, reason, problems } = props
  const t = stringsFor(site.lang)
  const words = t.desk.cancel
  const form: FormState = {
    values: { reason: reason ?? '' },
    messages: messagesOf(problems ?? [], t, () => 'reason'),
    labels: { reason: words.reason },
    hints: { reason: words.reasonHint },
    t,
  }
  const note = reason?.slice(0, NOTE_MAX) || `[${t.reach.yourWords}]`
  const decided = decideSituation(cafe, { situation: 'cancelled', note })
  return (
    <DeskLayout title={titleOfForm(form, words.title)} site={site} session={session}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <ErrorSummary form={form} />
        <Which cafe={cafe} t={t} />
        <p>{words.lead}</p>
        <form method="post" action={paths.cancelCafe(cafe.id)} class="stack" novalidate>
          <CsrfInput csrf={session.csrf} />
          <TextArea form={form} name="reason" rows={2} max={NOTE_MAX} optional />
          {decided.cafe && <SeenElsewhere cafe={decided.cafe} before={cafe} t={t} />}
          <WhatWillHappen reach={reach} deed="change" isCancelled t={t} />
          <p class="buttons">
            <button type="submit" class="button danger">
              {words.submit}
            </button>
            <a href={paths.editCafe(cafe.id)}>{t.desk.form.cancel}</a>
          </p>
        </form>
      </div>
    </DeskLayout>
  )
}

/** POST on the same address: `csrf`. */
export function DeleteCafePage({ site, session, cafe, reach }: ActionPageProps) {
  const t = stringsFor(site.lang)
  const words = t.desk.delete
  const isAnnounced = cafe.publication === 'published' && cafe.status !== 'cancelled'
  return (
    <DeskLayout title={words.title} site={site} session={session}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <Which cafe={cafe} t={t} />
        <p>{words.lead}</p>
        {isAnnounced && (
          <p>
            {words.prefer} <a href={paths.cancelCafe(cafe.id)}>{words.ratherCancel}</a>
          </p>
        )}
        {cafe.publication === 'published' && <WhatWillHappen reach={reach} deed="removal" t={t} />}
        <form method="post" action={paths.deleteCafe(cafe.id)}>
          <CsrfInput csrf={session.csrf} />
          <p class="buttons">
            <button type="submit" class="button danger">
              {words.submit}
            </button>
            <a href={paths.editCafe(cafe.id)}>{t.desk.form.cancel}</a>
          </p>
        </form>
      </div>
    </DeskLayout>
  )
}

/** Which café it is about, so that nobody takes one for another. */
const Which = ({ cafe, t }: { cafe: Cafe; t: Strings }) => {
  const start = startsAtPlace(cafe)
  return (
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
  )
}
