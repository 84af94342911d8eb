import { type Cafe, startsAtPlace } from '../node/domain/cafe.ts'
import { clock, longDate } from '../node/domain/date-words.ts'
import { DeskLayout } from './desk-layout.tsx'
import { CsrfInput, type FormState, TextArea } from './fields.tsx'
import { paths } from './paths.ts'
import type { DeskSession, Site } from './site.ts'
import { type Strings, stringsFor } from './strings.ts'
import { Typed } from './typed.tsx'
import { sentenceCase } from './typography.ts'

type ActionPageProps = { site: Site; session: DeskSession; cafe: Cafe; followers: number }

/** POST on the same address: `csrf`, `reason` (may be empty). */
export function CancelCafePage({
  site,
  session,
  cafe,
  followers,
  reason,
}: ActionPageProps & { reason?: string | undefined }) {
  const t = stringsFor(site.lang)
  const words = t.desk.cancel
  const form: FormState = {
    values: { reason: reason ?? '' },
    messages: [],
    labels: { reason: words.reason },
    hints: { reason: words.reasonHint },
    t,
  }
  return (
    <DeskLayout title={words.title} site={site} session={session}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <Which cafe={cafe} t={t} />
        <p>{words.lead}</p>
        <p>{words.tell(followers)}</p>
        <form method="post" action={paths.cancelCafe(cafe.id)} class="stack" novalidate>
          <CsrfInput csrf={session.csrf} />
          <TextArea form={form} name="reason" rows={2} optional />
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
export function DeleteCafePage({ site, session, cafe }: Omit<ActionPageProps, 'followers'>) {
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
        {cafe.publication === 'published' && <p>{words.copies}</p>}
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
