import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import { REVIEW } from '../accounts/resume-form-page.tsx'
import { DeskLayout } from '../admin/layout.tsx'
import { CsrfInput, type FormValues } from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { Typed } from '../components/user-text.tsx'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { type Reach, SeenElsewhere, WhatWillHappen } from './audience.tsx'

/** The button that says yes. */
export const CONFIRMED = 'confirmed'

/** POST on the café's own address: `csrf`, all that the form held, and `confirmed` or `revoir`. */
export type ConfirmChangePageProps = {
  site: Site
  session: DeskSession
  /** As it is announced. */
  before: Cafe
  /** As the form asks for. */
  after: Cafe
  reach: Reach
  values: FormValues
}

/** Another day or place is asked about before it is saved: the words that leave cannot be called back. */
export function ConfirmChangePage(props: ConfirmChangePageProps) {
  const { site, session, before, after, reach, values } = props
  const t = stringsFor(site.lang)
  const words = t.reach.changed
  return (
    <DeskLayout title={words.title} site={site} session={session} current={paths.newCafe}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <section class="panel" aria-labelledby="change">
          <h2 id="change">
            <Typed cafe={after} t={t}>
              {after.title}
            </Typed>
          </h2>
          <dl class="written">
            <dt>{words.before}</dt>
            <dd>{whenAndWhere(before, t)}</dd>
            <dt>{words.after}</dt>
            <dd>{whenAndWhere(after, t)}</dd>
          </dl>
        </section>
        <SeenElsewhere cafe={after} before={before} t={t} />
        <WhatWillHappen reach={reach} deed="change" t={t} />
        <form method="post" action={paths.editCafe(before.id)}>
          <CsrfInput csrf={session.csrf} />
          {Object.entries(values).flatMap(([name, value]) =>
            [value].flat().map((text) => <input type="hidden" name={name} value={text} />),
          )}
          <p class="buttons">
            <button type="submit" name={CONFIRMED} value="1" class="button">
              {words.submit}
            </button>
            <button type="submit" name={REVIEW} value="1" class="button quiet">
              {words.edit}
            </button>
          </p>
        </form>
      </div>
    </DeskLayout>
  )
}

function whenAndWhere(cafe: Cafe, t: Strings): string {
  const start = startsAtPlace(cafe)
  const { attendanceMode, status, venue } = cafe
  const isOnline = attendanceMode === 'online' || status === 'moved-online'
  const where = isOnline ? t.mode.online : [venue?.name, venue?.streetAddress, venue?.commune]
  return [sentenceCase(longDate(start, t.lang)), clock(start, t.lang), where]
    .flat()
    .filter(Boolean)
    .join(', ')
}
