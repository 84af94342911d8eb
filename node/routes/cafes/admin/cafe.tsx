import { randomUUID } from 'node:crypto'
import { Hono, type Context as HonoContext } from 'hono'
import { PublishCafePage } from '../../../../ui/cafes/action-pages.tsx'
import { CONFIRMED } from '../../../../ui/cafes/change-page.tsx'
import { paths } from '../../../../ui/paths.ts'
import type { Context } from '../../../context.ts'
import { type Cafe, isImportantChange } from '../../../domain/cafes/cafe.ts'
import { DomainError } from '../../../domain/values/errors.ts'
import { publishCafe, reviseCafe } from '../../../store/cafes/own-cafes.ts'
import { listVenues } from '../../../store/cafes/venues.ts'
import { inTransaction } from '../../../store/database/database.ts'
import { listFacilitatorIds } from '../../../store/facilitators/cafe-facilitators.ts'
import { appendEdit, editHistoryPage, reconcileWithOthers } from '../../accounts/edited-form.tsx'
import { withShown } from '../../accounts/reconciled-form.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf, valuesOf } from '../../http/forms.ts'
import { findSite } from '../../http/site.ts'
import { adminSession, cafeForEditing, type WebEnv } from '../../workspaces/access.ts'
import { findLegalGaps } from '../../workspaces/legal-minimum.ts'
import { isReview } from '../../workspaces/pending-form.tsx'
import { homeOf, logAsReferent } from '../../workspaces/referent-cafes.ts'
import { attachFacilitators } from '../facilitators.ts'
import { addWeek, newCafeValues, valuesOfCafe } from '../form.ts'
import { receiveCafeImage } from '../image.ts'
import { findNewCafeValues, withSavedVenue } from '../venue-form.ts'
import { findCafeAudience } from './audience.ts'
import { decideCafeForm, decidePublication } from './decided-form.ts'
import { problemOfPublishing } from './publication-form.ts'
import { saveNewCafe } from './save-new.ts'
import {
  editedCafeOf,
  findShownValues,
  showCafeForm,
  showChange,
  showIncompleteForm,
} from './shown-form.tsx'

/** The pages to announce a café, to change it, and to publish what was held back. */
export function adminCafeRoutes(context: Context) {
  const { db, now } = context

  async function saveEdit(c: HonoContext<WebEnv, '/:id'>) {
    const { form, admin } = c.var
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
    const basedOn = current.updatedAt
    const kept = await withSavedVenue(context, c.var, content)
    const saved = await inTransaction(db, async (trx) => {
      await reviseCafe(trx, { id: current.id, content: kept, ...held, basedOn }, now())
      const cafe = await cafeForEditing({ db: trx }, admin, current.id)
      await logAsReferent(trx, admin, { act: 'cafe-changed', cafe }, now())
      return cafe
    })
    await attachFacilitators(context, admin, { cafeId: current.id, form })
    const after = await findShownValues(context, admin, saved)
    await appendEdit(context, c.var, { subject: edited.subject, before, after })
    context.wake()
    const flash = current.publication === 'published' ? 'saved' : held.publication
    return c.redirect(withFlash(homeOf(c.var.admin), isRefused ? 'refused' : flash), 303)
  }

  async function newPage(c: HonoContext<WebEnv>, copied: string | undefined) {
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
    return showCafeForm(context, c, { values: { ...values, facilitators, form: randomUUID() } })
  }

  async function saveNew(c: HonoContext<WebEnv>) {
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
    const next = isOnline ? paths.cafeOnline(cafeId) : homeOf(admin)
    return c.redirect(withFlash(next, isRefused ? 'refused' : held.publication), 303)
  }

  /** Checks that a café for a structure is announced under the mandate of the address, which `adminGate` has found. */
  const assertMandate = ({ var: { admin } }: HonoContext<WebEnv>) => {
    if (!admin.mandate) throw new DomainError('not_found', 'referents.not_your_territory')
  }

  return new Hono<WebEnv>()
    .get('/nouveau', (c) => newPage(c, c.req.query('copie')))
    .post('/nouveau', saveNew)
    .get('/nouveau/:code', (c) => {
      assertMandate(c)
      return newPage(c, undefined)
    })
    .post('/nouveau/:code', (c) => {
      assertMandate(c)
      return saveNew(c)
    })
    .get('/:id/historique', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      return editHistoryPage(c, context, editedCafeOf(context, c.var.admin, cafe))
    })
    .get('/:id', async (c) => {
      const current = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      return showCafeForm(context, c, {
        values: withShown(await findShownValues(context, c.var.admin, current)),
        current,
      })
    })
    .post('/:id', async (c) => {
      // Somebody else may have saved while a picture was being read; then both are merged again.
      const isMeanwhile = (error: unknown) =>
        error instanceof DomainError && error.refusal === 'cafes.edited_meanwhile'
      return saveEdit(c).catch((error) => {
        if (isMeanwhile(error)) return saveEdit(c)
        throw error
      })
    })
    .get('/:id/publier', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      const problem = problemOfPublishing(cafe, now())
      if (problem) return showIncompleteForm(context, c, { current: cafe, problem })
      const [site, audience] = [await findSite(context, c), await findCafeAudience(context)]
      return c.html(
        <PublishCafePage {...{ site, session: adminSession(c.var.admin), cafe, audience }} />,
      )
    })
    .post('/:id/publier', async (c) => {
      const current = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      const problem = problemOfPublishing(current, now())
      if (problem) return showIncompleteForm(context, c, { current, problem })
      if ((await findLegalGaps(context)).length > 0)
        return c.redirect(withFlash(homeOf(c.var.admin), 'refused'), 303)
      await publishCafe(db, current.id, now())
      context.wake()
      return c.redirect(withFlash(paths.cafeOnline(current.id), 'published'), 303)
    })
}

const isNotified = (before: Cafe, after: Cafe): boolean =>
  before.publication === 'published' && isImportantChange(before, after)
