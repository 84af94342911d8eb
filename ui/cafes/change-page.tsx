import { attendanceModeOf, type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { townUnlessNamed } from '../../node/domain/cafes/venue.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import { REVIEW } from '../accounts/pending-form-page.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import type { FormValues } from '../components/fields.tsx'
import { PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { type CafeAudience, SeenElsewhere, WhatWillHappen } from './audience.tsx'

/** The field of the button that confirms the change. */
export const CONFIRMED = 'confirmed'

/** POST on the café's own address: `csrf`, all that the form held, and `confirmed` or `revoir`. */
export type ConfirmChangePageProps = AdminProps & {
  /** The café as it is announced now. */
  before: Cafe
  /** The café as the form would change it. */
  after: Cafe
  audience: CafeAudience
  values: FormValues
}

/**
 * Asks for confirmation before a new date or place is saved, since the announcements of the change cannot be taken
 * back.
 */
export function ConfirmChangePage(props: ConfirmChangePageProps) {
  const { site, session, before, after, audience, values } = props
  const t = messagesFor(site.lang)
  const texts = t.audience.changed
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.newCafe}
      narrow
    >
      <section class="panel" aria-labelledby="change">
        <h2 id="change">
          <UserText cafe={after} t={t}>
            {after.title}
          </UserText>
        </h2>
        <dl class="written">
          <dt>{texts.before}</dt>
          <dd>{whenAndWhere(before, t)}</dd>
          <dt>{texts.after}</dt>
          <dd>{whenAndWhere(after, t)}</dd>
        </dl>
      </section>
      <SeenElsewhere cafe={after} before={before} t={t} />
      <WhatWillHappen audience={audience} deed="change" t={t} />
      <PostForm csrf={session.csrf} action={paths.editCafe(before.id)}>
        {Object.entries(values).flatMap(([name, value]) =>
          [value].flat().map((text) => <input type="hidden" name={name} value={text} />),
        )}
        <p class="buttons">
          <button type="submit" name={CONFIRMED} value="1" class="button">
            {texts.submit}
          </button>
          <button type="submit" name={REVIEW} value="1" class="button quiet">
            {texts.edit}
          </button>
        </p>
      </PostForm>
    </AdminPage>
  )
}

function whenAndWhere(cafe: Cafe, t: Messages): string {
  const start = startsAtPlace(cafe)
  const { venue } = cafe
  const isOnline = attendanceModeOf(cafe) === 'online'
  const where = isOnline
    ? t.cafe.mode.online
    : [venue?.name, venue?.streetAddress, venue && townUnlessNamed(venue)]
  return [sentenceCase(longDate(start, t.lang)), clock(start, t.lang), where]
    .flat()
    .filter(Boolean)
    .join(', ')
}
