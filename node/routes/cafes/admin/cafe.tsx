import { randomUUID } from 'node:crypto'
import { Hono, type Context as HonoContext } from 'hono'
import type { ShownEdit } from '../../../../ui/admin/edit-history-page.tsx'
import { VERSION } from '../../../../ui/admin/meanwhile.tsx'
import { type ActionPageProps, PublishCafePage } from '../../../../ui/cafes/action-pages.tsx'
import { CONFIRMED } from '../../../../ui/cafes/change-page.tsx'
import type { FormValues } from '../../../../ui/components/fields.tsx'
import { paths } from '../../../../ui/paths.ts'
import type { Context } from '../../../context.ts'
import {
  type Cafe,
  type CafeContent,
  isImportantChange,
  versionOfCafe,
} from '../../../domain/cafes/cafe.ts'
import { decidePublishing, decideRevision } from '../../../domain/cafes/edit.ts'
import { totalsOf } from '../../../domain/registrations/totals.ts'
import { lineOfResource } from '../../../domain/resources/named-resource.ts'
import { DomainError } from '../../../domain/values/errors.ts'
import { isSame } from '../../../domain/values/same.ts'
import { saveEdit } from '../../../store/accounts/saved-edit.ts'
import { deleteFormerTexts } from '../../../store/cafes/cafe-documents.ts'
import { OWN_CAFE } from '../../../store/cafes/own-cafes.ts'
import { listVenues } from '../../../store/cafes/venues.ts'
import { inTransaction } from '../../../store/database/database.ts'
import { listFacilitatorIds } from '../../../store/facilitators/cafe-facilitators.ts'
import { shareSeats } from '../../../store/registrations/seats.ts'
import { findResource } from '../../../store/resources/resources.ts'
import { editHistoryPage, reconcileWithOthers } from '../../accounts/edited-form.tsx'
import { listChanges, withShown } from '../../accounts/reconciled-form.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf, valuesOf } from '../../http/forms.ts'
import { findSite } from '../../http/site.ts'
import { adminSession, authorOf, cafeForEditing, type WebEnv } from '../../workspaces/access.ts'
import { findLegalGaps } from '../../workspaces/legal-minimum.ts'
import { isReview } from '../../workspaces/pending-form.tsx'
import { cafeHomeOf, homeOf } from '../../workspaces/referent-cafes.ts'
import { attachFacilitators, findChosenFacilitators } from '../facilitators.ts'
import { addWeek, newCafeValues, valuesOfCafe } from '../form.ts'
import { receiveCafeImage } from '../image.ts'
import { findNewCafeValues, withSavedVenue } from '../venue-form.ts'
import { findCafeAudience } from './audience.ts'
import { decideCafeForm, decidePublication } from './decided-form.ts'
import { answerDeleted, editedCafeOf, findCafeDeletion, findMeanwhile } from './edited-cafe.tsx'
import { problemOfPublishing } from './publication-form.ts'
import { saveNewCafe } from './save-new.ts'
import { findShownValues, showCafeForm, showChange, showIncompleteForm } from './shown-form.tsx'

/** The pages to announce a café, to change it, and to publish what was held back. */
export const adminCafeRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/nouveau', (c) => newPage(context, c, c.req.query('copie')))
    .post('/nouveau', (c) => saveNew(context, c))
    .get('/nouveau/:code', (c) => newForTerritory(context, c))
    .post('/nouveau/:code', (c) => saveForTerritory(context, c))
    .get('/:id/historique', (c) => showHistory(context, c))
    .post('/:id/historique', (c) => forgetHistory(context, c))
    .get('/:id', (c) => showCafe(context, c))
    .post('/:id', (c) => saveChanged(context, c))
    .get('/:id/publier', (c) => askPublication(context, c))
    .post('/:id/publier', (c) => publish(context, c))

type Asked = HonoContext<WebEnv>
type AboutOne = HonoContext<WebEnv, '/:id'>

function newForTerritory(context: Context, c: Asked) {
  assertMandate(c)
  return newPage(context, c, undefined)
}

function saveForTerritory(context: Context, c: Asked) {
  assertMandate(c)
  return saveNew(context, c)
}

async function showHistory(context: Context, c: AboutOne) {
  const id = c.req.param('id')
  const forget = paths.historyOf(paths.editCafe(id))
  if (await findCafeDeletion(context, c, id))
    return editHistoryPage(
      c,
      context,
      {
        ...editedCafeOf(context, c.var.admin, { id }),
        action: paths.adminCafes,
      },
      forget,
    )
  const cafe = await cafeForEditing(context, c.var.admin, id)
  return editHistoryPage(c, context, editedCafeOf(context, c.var.admin, cafe), forget)
}

async function forgetHistory(context: Context, c: AboutOne) {
  const { db, config, now, wake } = context
  const id = c.req.param('id')
  if (!(await findCafeDeletion(context, c, id))) await cafeForEditing(context, c.var.admin, id)
  const cafe = { id, uri: `${config.origin}/cafes/${id}` }
  await deleteFormerTexts(db, { cafe, by: authorOf(c.var.admin) }, now())
  wake()
  return c.redirect(withFlash(paths.historyOf(paths.editCafe(id)), 'done'), 303)
}

async function showCafe(context: Context, c: AboutOne) {
  const current = await cafeForEditing(context, c.var.admin, c.req.param('id'))
  return showCafeForm(context, c, {
    values: withShown(await findShownValues(context, c.var.admin, current)),
    current,
  })
}

async function askPublication(context: Context, c: AboutOne) {
  const { now } = context
  const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
  const problem = problemOfPublishing(cafe, now())
  if (problem) return showIncompleteForm(context, c, { current: cafe, problem })
  return publishPage(context, c, { cafe })
}

async function publish(context: Context, c: AboutOne) {
  const { now, db } = context
  const gone = await answerDeleted(context, c, c.req.param('id'))
  if (gone) return gone
  const current = await cafeForEditing(context, c.var.admin, c.req.param('id'))
  const problem = problemOfPublishing(current, now())
  if (problem) return showIncompleteForm(context, c, { current, problem })
  if ((await findLegalGaps(context)).length > 0)
    return c.redirect(withFlash(homeOf(c.var.admin), 'refused'), 303)
  const { id } = current
  const seen = textOf(c.var.form, VERSION)
  const edit = { id, by: authorOf(c.var.admin), seen, decide: decidePublishing }
  const saved = await saveEdit(db, OWN_CAFE, edit, now())
  if (saved.outcome === 'stale')
    return publishPage(context, c, {
      cafe: saved.value,
      ...(await findMeanwhile(context, c, current)),
    })
  context.wake()
  return c.redirect(withFlash(cafeHomeOf(c.var.admin, id), 'published'), 303)
}

async function saveChanged(context: Context, c: AboutOne): Promise<Response> {
  const { form, admin } = c.var
  const deletion = await findCafeDeletion(context, c, c.req.param('id'))
  if (deletion) return showDeleted(context, c, deletion)
  const current = await cafeForEditing(context, admin, c.req.param('id'))
  if (isReview(form)) {
    const organizationId = admin.organization.id
    const picture = await receiveCafeImage(context, form, { current, organizationId })
    return showCafeForm(context, c, { values: valuesOf(form), current, picture })
  }
  const before = await findShownValues(context, admin, current)
  const edited = editedCafeOf(context, admin, current)
  const findHeld = async () => {
    const organizationId = admin.organization.id
    const { media } = await receiveCafeImage(context, form, { current, organizationId })
    return media && { 'image.media': media.id }
  }
  const conflict = await reconcileWithOthers(c, context, edited, { current: before, findHeld })
  if (conflict) return conflict
  const { content, held: wanted, ...wrong } = await decideCafeForm(context, c.var, current)
  if (!content) return showCafeForm(context, c, { values: valuesOf(form), current, ...wrong })
  const asked = { ...current, ...content }
  if (isNotified(current, asked) && !form.has(CONFIRMED))
    return showChange(context, c, { before: current, after: asked, media: wrong.picture.media })
  const { held, isRefused } = await decidePublication(context, wanted, current)
  const kept = await withSavedVenue(context, c.var, content)
  const saved = await saveRevision(context, c, {
    current,
    before,
    revised: { content: kept, ...held },
  })
  // Somebody else may have saved while a picture was being read; then both are merged again.
  if (saved.outcome === 'stale' || saved.outcome === 'gone') return saveChanged(context, c)
  context.wake()
  const isOnline = held.publication === 'published' && !isRefused
  const flash =
    current.publication !== 'published'
      ? held.publication
      : (await updateSeats(context, { before: current, after: content }))
        ? 'savedOver'
        : 'saved'
  const next = isOnline ? cafeHomeOf(admin, current.id) : homeOf(admin)
  return c.redirect(withFlash(next, isRefused ? 'refused' : flash), 303)
}

/**
 * Counts the seats of a café anew where the team has changed how many there are.
 * @returns Whether more are taken than there are now.
 */
async function updateSeats(
  context: Context,
  { before, after }: { before: Cafe; after: CafeContent },
): Promise<boolean> {
  const roomOf = ({ attendanceMode, registration }: CafeContent) => {
    const { mode, capacity, onlineCapacity } = registration
    return { attendanceMode, mode, capacity, onlineCapacity }
  }
  if (after.registration.mode !== 'local' || isSame(roomOf(before), roomOf(after))) return false
  const isOver = await shareSeats(context, before.id, async ({ cafe, open, now }) =>
    totalsOf(cafe, open, now).some(({ capacity = Infinity, taken }) => taken > capacity),
  )
  return isOver === true
}

type Revision = {
  current: Cafe
  /** What the form showed of it, for the history. */
  before: FormValues
  revised: Parameters<typeof decideRevision>[1]
}

/** Saves a revision of a café, with the people who lead it as the form names them. */
async function saveRevision(context: Context, c: Asked, { current, before, revised }: Revision) {
  const { db, now } = context
  const { form, admin } = c.var
  const { id } = current
  const facilitators = await findChosenFacilitators(context, admin, form)
  return inTransaction(db, async (trx) => {
    const edit = {
      ...{ id, by: authorOf(admin), seen: versionOfCafe(current) },
      decide: (cafe: Cafe) => decideRevision(cafe, revised),
      changesOf: async (_: Cafe, after: Cafe) =>
        listChanges(before, {
          ...(await findShownValues({ ...context, db: trx }, admin, after)),
          ...(facilitators && { facilitators }),
        }),
    }
    const saved = await saveEdit(trx, OWN_CAFE, edit, now())
    if (saved.outcome === 'saved')
      await attachFacilitators({ db: trx, now }, admin, { cafeId: id, form })
    return saved
  })
}

/** Gives back the form of a café that somebody deleted meanwhile; it is then that of a new one. */
async function showDeleted(context: Context, c: Asked, deletion: ShownEdit) {
  const { form, admin } = c.var
  const organizationId = admin.organization.id
  const picture = await receiveCafeImage(context, form, { current: undefined, organizationId })
  const { shown: _, ...typed } = valuesOf(form)
  return showCafeForm(context, c, { values: { ...typed, form: randomUUID() }, picture, deletion })
}

async function newPage(context: Context, c: Asked, copied: string | undefined) {
  const { now, db } = context
  const { organization, mandate } = c.var.admin
  const cafe = copied ? await cafeForEditing(context, c.var.admin, copied) : undefined
  const started = mandate
    ? newCafeValues({ announcedFor: '' })
    : await findNewCafeValues(context, organization)
  const values = cafe
    ? {
        ...valuesOfCafe(addWeek(cafe, now()), true, await listVenues(db, organization.id)),
        'venue.keep': '1',
        ...((cafe.isUndated || c.req.query('jour') !== undefined) && { date: '', endDate: '' }),
      }
    : started
  const facilitators = cafe ? await listFacilitatorIds(db, cafe.id) : []
  const slug = c.req.query('ressource')
  const resource = slug ? await findResource(db, { slug }) : undefined
  const used = resource && { resources: lineOfResource(resource) }
  const filled = { ...values, ...used, facilitators, form: randomUUID() }
  return showCafeForm(context, c, { values: filled })
}

async function saveNew(context: Context, c: Asked) {
  const { form, admin } = c.var
  if (isReview(form)) return showCafeForm(context, c, { values: valuesOf(form) })
  const { content, held: asked, ...wrong } = await decideCafeForm(context, c.var, undefined)
  if (!content) return showCafeForm(context, c, { values: valuesOf(form), ...wrong })
  const { held, isRefused } = await decidePublication(context, asked, undefined)
  const kept = await withSavedVenue(context, c.var, content)
  const cafeId = await saveNewCafe(context, admin, {
    content: kept,
    held,
    key: textOf(form, 'form'),
  })
  await attachFacilitators(context, admin, { cafeId, form })
  context.wake()
  const isOnline = held.publication === 'published' && !isRefused
  if (isOnline && admin.mandate) return c.redirect(paths.cafe(cafeId), 303)
  const next = isOnline ? cafeHomeOf(admin, cafeId) : homeOf(admin)
  return c.redirect(withFlash(next, isRefused ? 'refused' : held.publication), 303)
}

async function publishPage(
  context: Context,
  c: Asked,
  shown: Pick<ActionPageProps, 'cafe' | 'meanwhile'>,
) {
  const site = await findSite(context, c)
  const audience = await findCafeAudience(context, shown.cafe)
  const session = adminSession(c.var.admin)
  const status = shown.meanwhile ? 409 : 200
  return c.html(<PublishCafePage {...{ site, session, audience }} {...shown} />, status)
}

/** Checks that a café for a structure is announced under the mandate of the address, which `adminGate` has found. */
function assertMandate({ var: { admin } }: Asked) {
  if (!admin.mandate) throw new DomainError('not_found', 'referents.not_your_territory')
}

const isNotified = (before: Cafe, after: Cafe): boolean =>
  before.publication === 'published' && isImportantChange(before, after)
