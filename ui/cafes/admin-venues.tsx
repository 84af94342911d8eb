/**
 * The venues of a structure. POST `/administration/lieux/nouveau` or `/administration/lieux/{id}`: `csrf` ·
 * `VENUE_FIELDS` · `codeInsee` (only when several towns were offered) · `update` = `yes` (the cafés to come at this venue
 * are changed too).
 */

import type { SavedVenue, Venue } from '../../node/domain/cafes/venue.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import type { ShownEdit } from '../admin/edit-history-page.tsx'
import { HistoryLink } from '../admin/history-link.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Rows } from '../admin/list.tsx'
import { Meanwhile, type MeanwhileProps, VERSION } from '../admin/meanwhile.tsx'
import {
  Choices,
  type FormState,
  type FormValues,
  messagesOf,
  ShownInput,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { FormFields, type TownChoice, TownChoices } from '../forms/form-field.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { VENUE_ACCESS, VENUE_FORM } from './cafe-fields.ts'

type VenuesPageProps = AdminProps & {
  venues: readonly SavedVenue[]
}

export function VenuesPage({ site, session, venues, flash }: VenuesPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.cafeStatus.venues
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session, flash }}
      current={paths.venues}
    >
      <p>
        <Link class="button" href={paths.newVenue}>
          {texts.add}
        </Link>
      </p>
      <Rows
        rows={venues}
        none={texts.none}
        columns={[
          [texts.name, ({ name }) => name],
          [texts.address, addressText],
          [
            t.admin.home.col.actions,
            ({ id, name }) => (
              <Link href={paths.venue(id)}>
                {t.admin.home.edit}
                <span class="unseen">{t.admin.home.about(name)}</span>
              </Link>
            ),
          ],
        ]}
        t={t}
      />
    </AdminPage>
  )
}

/** Returns the address that is shown below the venue's name. */
const addressText = ({ streetAddress, postalCode, commune }: Venue): string =>
  [streetAddress, [postalCode, commune].filter(Boolean).join('\u00a0')].filter(Boolean).join(', ')

export type VenueFormPageProps = AdminProps & {
  values: FormValues
  problems: Problem[]
  towns?: readonly TownChoice[] | undefined
  /** The venue as it is stored, with the number of cafés to come there. */
  current?: { id: string; cafes: number; hasAudience: boolean } | undefined
  /** Whether the form holds what a file said; nothing of it is saved yet. */
  isPrefilled?: boolean | undefined
  /** The deletion of the venue that the form edited; its texts are then those of a new one. */
  deletion?: ShownEdit | undefined
}

export function VenueFormPage(props: VenueFormPageProps) {
  const { site, session, values, problems, towns, current, isPrefilled } = props
  const t = messagesFor(site.lang)
  const texts = t.cafeStatus.venues
  const { labels, hints } = texts
  const form: FormState = { values, messages: messagesOf(problems, t), labels, hints, t }
  const title = current ? texts.titleEdit : texts.titleNew
  return (
    <AdminPage
      {...{ title, form, site, session }}
      current={paths.venues}
      done={isPrefilled ? t.profile.prefill.filled : undefined}
      narrow
    >
      {props.deletion && (
        <Meanwhile words={t.admin.edits.venueDeletedMeanwhile} edit={props.deletion} t={t} />
      )}
      {!current && !isPrefilled && (
        <p>
          <Link href={paths.venueFile}>{t.profile.prefill.link}</Link>
        </p>
      )}
      <PostForm
        csrf={session.csrf}
        action={current ? paths.venue(current.id) : paths.newVenue}
        class="stack"
        novalidate
      >
        <ShownInput values={values} />
        <FormFields form={form} fields={VENUE_FORM.town} />
        <TownChoices form={form} name="codeInsee" towns={towns} />
        <FormFields form={form} fields={VENUE_FORM.street} />
        <FormFields form={form} fields={VENUE_ACCESS} />
        <FormFields form={form} fields={VENUE_FORM.closures} />
        <fieldset>
          <legend>
            {texts.point} <span class="optional">({t.admin.form.optional})</span>
          </legend>
          <span class="hint">{texts.pointHint}</span>
          <div class="row">
            <FormFields form={form} fields={VENUE_FORM.point} />
          </div>
        </fieldset>
        {current && current.cafes > 0 && (
          <Choices
            form={form}
            name="update"
            type="checkbox"
            choices={[['yes', texts.update(current.cafes, current.hasAudience)]]}
          />
        )}
        <p class="buttons">
          <button type="submit" class="button">
            {texts.save}
          </button>
          <Link href={paths.venues}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
      {current && <HistoryLink form={paths.venue(current.id)} t={t} />}
      {current && (
        <p>
          <Link href={paths.deleteVenue(current.id)}>{t.profile.removal.link}</Link>
        </p>
      )}
    </AdminPage>
  )
}

type DeleteVenuePageProps = AdminProps & {
  venue: SavedVenue
  /** What the page shows, by which a page that is out of date is found. */
  version: string
  /** The number of cafés to come at this venue; while there are some, it cannot be deleted. */
  cafes: number
  /** What was done last, where the page that was sent is out of date. */
  meanwhile?: Pick<MeanwhileProps, 'edit'> | undefined
}

/** POST on the same address: `csrf`, `version`. */
export function DeleteVenuePage(props: DeleteVenuePageProps) {
  const { site, session, venue, version, cafes, meanwhile } = props
  const t = messagesFor(site.lang)
  const texts = t.profile.removal
  return (
    <AdminPage title={texts.title} {...{ site, session }} current={paths.venues} narrow>
      {meanwhile && <Meanwhile words={t.admin.edits.meanwhile} {...meanwhile} t={t} />}
      <p class="panel">
        <strong>{venue.name}</strong>
        <span class="line">{addressText(venue)}</span>
      </p>
      {cafes > 0 ? (
        <>
          <p role="alert">{texts.refused(cafes)}</p>
          <p class="buttons">
            <Link class="button" href={paths.admin}>
              {t.admin.nav.cafes}
            </Link>
            <Link href={paths.venue(venue.id)}>{texts.keep}</Link>
          </p>
        </>
      ) : (
        <PostForm csrf={session.csrf} action={paths.deleteVenue(venue.id)}>
          <input type="hidden" name={VERSION} value={version} />
          <p>{texts.what(venue.name)}</p>
          <p class="buttons">
            <button type="submit" class="button danger">
              {texts.confirm}
            </button>
            <Link href={paths.venue(venue.id)}>{texts.keep}</Link>
          </p>
        </PostForm>
      )}
    </AdminPage>
  )
}
