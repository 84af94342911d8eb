import { Hono, type Context as HonoContext } from 'hono'
import type { ShownEdit } from '../../../../ui/admin/edit-history-page.tsx'
import { VERSION } from '../../../../ui/admin/meanwhile.tsx'
import { DeleteVenuePage, VenueFormPage, VenuesPage } from '../../../../ui/cafes/admin-venues.tsx'
import { hasAudience } from '../../../../ui/cafes/audience.tsx'
import { VENUE_FIELDS } from '../../../../ui/cafes/cafe-fields.ts'
import type { FormValues } from '../../../../ui/components/fields.tsx'
import { paths } from '../../../../ui/paths.ts'
import {
  ChoosePlacePage,
  StructureFilePage,
  type WrongFile,
} from '../../../../ui/structures/file-import.tsx'
import type { Context } from '../../../context.ts'
import { type Author, decideDeletion } from '../../../domain/cafes/edit.ts'
import { type SavedVenue, type VenueContent, venueOf } from '../../../domain/cafes/venue.ts'
import { townChoicesOf } from '../../../geo/places.ts'
import { saveEdit } from '../../../store/accounts/saved-edit.ts'
import { reviseCafesAt } from '../../../store/cafes/own-cafes.ts'
import {
  decideVenue,
  findVenue,
  listCafesAtVenue,
  listVenues,
  OWN_VENUE,
  upsertVenue,
} from '../../../store/cafes/venues.ts'
import { inTransaction } from '../../../store/database/database.ts'
import {
  answerDeletedOf,
  type EditedForm,
  editedFormOf,
  editHistoryPage,
  findDeletion,
  findLastEdit,
  reconcileWithOthers,
} from '../../accounts/edited-form.tsx'
import { withShown } from '../../accounts/reconciled-form.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf, valuesOf } from '../../http/forms.ts'
import { languageOf } from '../../http/language.ts'
import { type Admin, authorOf, type WebEnv } from '../../workspaces/access.ts'
import { adminPropsFor } from '../../workspaces/admin-props.ts'
import { isReview } from '../../workspaces/pending-form.tsx'
import { refusalOf } from '../../workspaces/refusals.ts'
import { listCafeChanges, listVenueChanges } from '../cafe-changes.ts'
import { readPlaceFile, venueValuesOf } from '../mediation-file.ts'
import { decideVenueForm, type VenueDecision, valuesOfVenue } from '../venue-form.ts'
import { findCafeAudience } from './audience.ts'

/** The pages of the places where a structure holds its cafés. */
export const venueRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/', (c) => showVenues(context, c))
    .get('/fichier', (c) => filePage(context, c))
    .post('/fichier', (c) => readFile(context, c))
    .get('/nouveau', (c) => formPage(context, c, { values: {} }))
    .post('/nouveau', (c) => saveNew(context, c))
    .get('/:id/supprimer', (c) => askDeletion(context, c))
    .post('/:id/supprimer', (c) => deleteChosen(context, c))
    .get('/:id/historique', (c) => showHistory(context, c))
    .get('/:id', (c) => showVenue(context, c))
    .post('/:id', (c) => saveChanged(context, c))

type Asked = HonoContext<WebEnv>
type AboutOne = HonoContext<WebEnv, '/:id'>

type Shown = {
  values: FormValues
  current?: SavedVenue
  wrong?: VenueDecision
  isPrefilled?: boolean
  deletion?: ShownEdit
}

async function showVenues(context: Context, c: Asked) {
  const { db } = context
  return c.html(
    <VenuesPage
      {...(await adminPropsFor(context, c))}
      venues={await listVenues(db, c.var.admin.organization.id)}
    />,
  )
}

async function readFile(context: Context, c: Asked) {
  const answer = await readPlaceFile(c.var.form)
  if ('wrong' in answer) return filePage(context, c, answer.wrong)
  if ('place' in answer)
    return formPage(context, c, { values: venueValuesOf(answer.place), isPrefilled: true })
  return c.html(
    <ChoosePlacePage
      {...(await adminPropsFor(context, c))}
      target="venue"
      places={answer.places}
    />,
  )
}

async function saveNew(context: Context, c: Asked) {
  const { db, now } = context
  const { form, admin } = c.var
  if (isReview(form)) return formPage(context, c, { values: valuesOf(form) })
  const decided = decideVenueForm(form, undefined)
  if (!decided.content) return formPage(context, c, { values: valuesOf(form), wrong: decided })
  const { content } = decided
  await inTransaction(db, (trx) =>
    upsertVenue(
      trx,
      {
        content,
        organizationId: admin.organization.id,
        by: authorOf(admin),
        changesOf: listVenueChanges,
      },
      now(),
    ),
  )
  return c.redirect(withFlash(paths.venues, 'done'), 303)
}

async function askDeletion(context: Context, c: AboutOne) {
  const venue = await venueForEditing(context, c.var.admin, c.req.param('id'))
  return deletePage(context, c, venue)
}

async function deleteChosen(context: Context, c: AboutOne) {
  const { db, now } = context
  const gone = await answerDeletedOf(c, context, editedVenue({ id: c.req.param('id') }))
  if (gone) return gone
  const venue = await venueForEditing(context, c.var.admin, c.req.param('id'))
  if ((await countCafes(context, venue)) > 0) return deletePage(context, c, venue)
  const { admin, form } = c.var
  const edit = { id: venue.id, by: authorOf(admin), seen: textOf(form, VERSION) }
  const saved = await saveEdit(db, OWN_VENUE, { ...edit, decide: decideDeletion }, now())
  if (saved.outcome === 'stale') return deletePage(context, c, saved.value, true)
  return c.redirect(withFlash(paths.venues, 'done'), 303)
}

async function showHistory(context: Context, c: AboutOne) {
  const venue = await venueForEditing(context, c.var.admin, c.req.param('id'))
  return editHistoryPage(c, context, editedVenue(venue))
}

async function showVenue(context: Context, c: AboutOne) {
  const current = await venueForEditing(context, c.var.admin, c.req.param('id'))
  return formPage(context, c, {
    values: { ...withShown(valuesOfVenue(current)), update: 'yes' },
    current,
  })
}

const formPage = async (
  context: Context,
  c: Asked,
  { values, current, wrong, isPrefilled, deletion }: Shown,
) =>
  c.html(
    <VenueFormPage
      {...(await adminPropsFor(context, c))}
      values={values}
      problems={wrong?.problems ?? []}
      towns={wrong?.choices && townChoicesOf(wrong.choices)}
      current={
        current && {
          id: current.id,
          cafes: await countCafes(context, current),
          hasAudience: hasAudience(await findCafeAudience(context)),
        }
      }
      isPrefilled={isPrefilled}
      deletion={deletion}
    />,
    deletion ? 409 : wrong ? 422 : 200,
  )

const filePage = async (context: Context, c: Asked, wrong?: WrongFile) =>
  c.html(
    <StructureFilePage
      {...(await adminPropsFor(context, c))}
      target="venue"
      values={wrong ? valuesOf(c.var.form) : {}}
      wrong={wrong}
    />,
    wrong ? 422 : 200,
  )

async function deletePage(context: Context, c: Asked, venue: SavedVenue, isStale = false) {
  const edit = isStale && (await findLastEdit(context, editedVenue(venue), languageOf(c)))
  return c.html(
    <DeleteVenuePage
      {...(await adminPropsFor(context, c))}
      {...{ venue, version: OWN_VENUE.versionOf(venue), cafes: await countCafes(context, venue) }}
      {...(isStale && { meanwhile: { edit: edit || undefined } })}
    />,
    c.req.method === 'POST' ? 409 : 200,
  )
}

const countCafes = async ({ db, now }: Context, { id }: SavedVenue) =>
  (await listCafesAtVenue(db, { venueId: id, now: now() })).length

async function saveChanged(context: Context, c: AboutOne): Promise<Response> {
  const { form, admin } = c.var
  const id = c.req.param('id')
  const deletion = await findDeletion(context, editedVenue({ id }), languageOf(c))
  if (deletion) {
    const { shown: _, update: __, ...values } = valuesOf(form)
    return formPage(context, c, { values, deletion })
  }
  const current = await venueForEditing(context, admin, id)
  if (isReview(form)) return formPage(context, c, { values: valuesOf(form), current })
  const shown = { current: valuesOfVenue(current) }
  const conflict = await reconcileWithOthers(c, context, editedVenue(current), shown)
  if (conflict) return conflict
  const decided = decideVenueForm(form, current)
  const { content } = decided
  if (!content) return formPage(context, c, { values: valuesOf(form), current, wrong: decided })
  const isAnnounced = textOf(form, 'update') === 'yes'
  const saved = await saveVenueEdit(context, authorOf(admin), { current, content, isAnnounced })
  if (saved.outcome !== 'saved') return saveChanged(context, c)
  context.wake()
  return c.redirect(withFlash(paths.venues, 'done'), 303)
}

/** Saves a venue as its form says, and the cafés to come there with it where that was chosen. */
const saveVenueEdit = (
  { db, now }: Context,
  by: Author,
  {
    current,
    content,
    isAnnounced,
  }: { current: SavedVenue; content: VenueContent; isAnnounced: boolean },
) =>
  inTransaction(db, async (trx) => {
    const edit = {
      ...{ id: current.id, by, seen: OWN_VENUE.versionOf(current) },
      ...{ changesOf: listVenueChanges },
      decide: (venue: SavedVenue) => decideVenue(venue, content),
    }
    const saved = await saveEdit(trx, OWN_VENUE, edit, now())
    if (saved.outcome !== 'saved' || !isAnnounced) return saved
    const { accessibility } = saved.value
    const said = { venue: venueOf(saved.value), accessibility }
    const revised = { venueId: current.id, said, by, changesOf: listCafeChanges }
    await reviseCafesAt(trx, revised, now())
    return saved
  })

const editedVenue = ({ id }: Pick<SavedVenue, 'id'>): EditedForm => ({
  ...{ subject: { type: 'venue', id }, action: paths.venue(id), page: paths.venues },
  ...editedFormOf(VENUE_FIELDS, (t) => t.cafeStatus.venues.labels),
})

/**
 * Finds a venue of one's own, which is also the authorization, as for a café.
 * @throws DomainError not_found for a venue of another structure, as for one that does not exist.
 */
async function venueForEditing(
  { db }: Pick<Context, 'db'>,
  { organization }: Admin,
  id: string,
): Promise<SavedVenue> {
  const venue = await findVenue(db, id)
  if (venue?.organizationId !== organization.id) throw refusalOf('venue')
  return venue
}
