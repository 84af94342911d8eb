import { Hono, type Context as HonoContext } from 'hono'
import { DeleteVenuePage, VenueFormPage, VenuesPage } from '../../../../ui/cafes/admin-venues.tsx'
import type { FormValues } from '../../../../ui/components/fields.tsx'
import { messagesFor } from '../../../../ui/locales/messages.ts'
import { paths } from '../../../../ui/paths.ts'
import {
  ChoosePlacePage,
  StructureFilePage,
  type WrongFile,
} from '../../../../ui/structures/file-import.tsx'
import type { Context } from '../../../context.ts'
import { type SavedVenue, venueOf } from '../../../domain/cafes/venue.ts'
import { DomainError } from '../../../domain/values/errors.ts'
import { longLabelOf } from '../../../geo/places.ts'
import { reviseCafe } from '../../../store/cafes/own-cafes.ts'
import {
  deleteVenue,
  findVenue,
  listCafesAtVenue,
  listVenues,
  updateVenue,
  upsertVenue,
} from '../../../store/cafes/venues.ts'
import { inTransaction } from '../../../store/database/database.ts'
import {
  appendEdit,
  type EditedForm,
  editHistoryPage,
  reconcileWithOthers,
  simpleWords,
} from '../../accounts/edited-form.tsx'
import { withShown } from '../../accounts/reconciled-form.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf, valuesOf } from '../../http/forms.ts'
import type { Admin, WebEnv } from '../../workspaces/access.ts'
import { adminPropsFor } from '../../workspaces/admin-props.ts'
import { isReview } from '../../workspaces/pending-form.tsx'
import { readPlaceFile, venueValuesOf } from '../mediation-file.ts'
import { decideVenueForm, type VenueDecision, valuesOfVenue } from '../venue-form.ts'

/** The pages of the places where a structure holds its cafés. */
export function venueRoutes(context: Context) {
  const { db, now } = context

  type Shown = {
    values: FormValues
    current?: SavedVenue
    wrong?: VenueDecision
    isPrefilled?: boolean
  }

  const formPage = async (c: HonoContext<WebEnv>, { values, current, wrong, isPrefilled }: Shown) =>
    c.html(
      <VenueFormPage
        {...(await adminPropsFor(context, c))}
        values={values}
        problems={wrong?.problems ?? []}
        towns={wrong?.choices?.map((town) => ({
          codeInsee: town.codeInsee,
          label: longLabelOf(town),
        }))}
        current={
          current && {
            id: current.id,
            cafes: await countCafes(current),
          }
        }
        isPrefilled={isPrefilled}
      />,
      wrong ? 422 : 200,
    )

  const filePage = async (c: HonoContext<WebEnv>, wrong?: WrongFile) =>
    c.html(
      <StructureFilePage
        {...(await adminPropsFor(context, c))}
        target="venue"
        values={wrong ? valuesOf(c.var.form) : {}}
        wrong={wrong}
      />,
      wrong ? 422 : 200,
    )

  const deletePage = async (c: HonoContext<WebEnv>, venue: SavedVenue, cafes: number) =>
    c.html(
      <DeleteVenuePage {...(await adminPropsFor(context, c))} venue={venue} cafes={cafes} />,
      c.req.method === 'POST' ? 409 : 200,
    )

  const countCafes = async ({ id }: SavedVenue) =>
    (await listCafesAtVenue(db, { venueId: id, now: now() })).length

  return new Hono<WebEnv>()
    .get('/', async (c) =>
      c.html(
        <VenuesPage
          {...(await adminPropsFor(context, c))}
          venues={await listVenues(db, c.var.admin.organization.id)}
        />,
      ),
    )
    .get('/fichier', (c) => filePage(c))
    .post('/fichier', async (c) => {
      const answer = await readPlaceFile(c.var.form)
      if ('wrong' in answer) return filePage(c, answer.wrong)
      if ('place' in answer)
        return formPage(c, { values: venueValuesOf(answer.place), isPrefilled: true })
      return c.html(
        <ChoosePlacePage
          {...(await adminPropsFor(context, c))}
          target="venue"
          places={answer.places}
        />,
      )
    })
    .get('/nouveau', (c) => formPage(c, { values: {} }))
    .post('/nouveau', async (c) => {
      const { form, admin } = c.var
      if (isReview(form)) return formPage(c, { values: valuesOf(form) })
      const decided = decideVenueForm(form, undefined)
      if (!decided.content) return formPage(c, { values: valuesOf(form), wrong: decided })
      const { content } = decided
      await inTransaction(db, (trx) =>
        upsertVenue(trx, { content, organizationId: admin.organization.id }, now()),
      )
      return c.redirect(withFlash(paths.venues, 'done'), 303)
    })
    .get('/:id/supprimer', async (c) => {
      const venue = await venueForEditing(context, c.var.admin, c.req.param('id'))
      return deletePage(c, venue, await countCafes(venue))
    })
    .post('/:id/supprimer', async (c) => {
      const venue = await venueForEditing(context, c.var.admin, c.req.param('id'))
      const cafes = await countCafes(venue)
      if (cafes > 0) return deletePage(c, venue, cafes)
      await deleteVenue(db, venue.id)
      return c.redirect(withFlash(paths.venues, 'done'), 303)
    })
    .get('/:id/historique', async (c) => {
      const venue = await venueForEditing(context, c.var.admin, c.req.param('id'))
      return editHistoryPage(c, context, editedVenue(venue))
    })
    .get('/:id', async (c) => {
      const current = await venueForEditing(context, c.var.admin, c.req.param('id'))
      return formPage(c, {
        values: { ...withShown(valuesOfVenue(current)), update: 'yes' },
        current,
      })
    })
    .post('/:id', async (c) => {
      const { form, admin } = c.var
      const current = await venueForEditing(context, admin, c.req.param('id'))
      if (isReview(form)) return formPage(c, { values: valuesOf(form), current })
      const before = valuesOfVenue(current)
      const edited = editedVenue(current)
      const conflict = await reconcileWithOthers(c, context, edited, { current: before })
      if (conflict) return conflict
      const decided = decideVenueForm(form, current)
      if (!decided.content) return formPage(c, { values: valuesOf(form), current, wrong: decided })
      const { content } = decided
      await inTransaction(db, async (trx) => {
        const venue = await updateVenue(trx, { id: current.id, content }, now())
        if (textOf(form, 'update') !== 'yes') return
        const { accessibility } = venue
        for (const cafe of await listCafesAtVenue(trx, { venueId: venue.id, now: now() }))
          await reviseCafe(
            trx,
            { id: cafe.id, content: { ...cafe, venue: venueOf(venue), accessibility } },
            now(),
          )
      })
      const after = valuesOfVenue(await venueForEditing(context, admin, current.id))
      await appendEdit(context, c.var, { subject: edited.subject, before, after })
      context.wake()
      return c.redirect(withFlash(paths.venues, 'done'), 303)
    })
}

const editedVenue = ({ id }: SavedVenue): EditedForm => ({
  ...{ subject: { type: 'venue', id }, action: paths.venue(id), page: paths.venues },
  groups: [['latitude', 'longitude']],
  findWords: (lang) => {
    const t = messagesFor(lang)
    return simpleWords(t.cafeStatus.venues.labels, { accessibility: t.cafe.access })
  },
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
  if (venue?.organizationId !== organization.id)
    throw new DomainError('not_found', 'cafes.venue_not_yours')
  return venue
}
