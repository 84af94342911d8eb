import { randomUUID } from 'node:crypto'
import { Hono, type Context as HonoContext } from 'hono'
import { PublishCafePage } from '../../../ui/cafes/action-pages.tsx'
import { CONFIRMED, ConfirmChangePage } from '../../../ui/cafes/change-page.tsx'
import { CafeFormPage } from '../../../ui/cafes/form.tsx'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import {
  type Cafe,
  type CafeContent,
  isImportantChange,
  type Publication,
} from '../../domain/cafes/cafe.ts'
import { isSameAddress, type SavedVenue, type Venue, venueOf } from '../../domain/cafes/venue.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { Problem } from '../../domain/values/problem.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { longLabelOf } from '../../geo/places.ts'
import { findTerritory } from '../../geo/territories.ts'
import { isWithin } from '../../geo/territory-chain.ts'
import { findCafeByUid } from '../../store/cafes/cafes.ts'
import { createCafe, publishCafe, reviseCafe } from '../../store/cafes/own-cafes.ts'
import { listVenues } from '../../store/cafes/venues.ts'
import { inTransaction } from '../../store/database/database.ts'
import { listFacilitatorIds } from '../../store/facilitators/cafe-facilitators.ts'
import {
  appendEdit,
  type EditedForm,
  editHistoryPage,
  reconcileWithOthers,
} from '../accounts/edited-form.tsx'
import { withShown } from '../accounts/reconciled-form.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { type Admin, adminSession, cafeForEditing, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { findLegalGaps } from '../workspaces/legal-minimum.ts'
import { organizerOf } from '../workspaces/organizer.ts'
import { isReview } from '../workspaces/pending-form.tsx'
import { homeOf, logAsReferent } from '../workspaces/referent-cafes.ts'
import { findCafeAudience } from './audience.ts'
import { attachFacilitators, listCafeFacilitators } from './facilitators.ts'
import { CAFE_GROUPS, findFieldWords } from './field-words.ts'
import {
  addWeek,
  findChosenVenue,
  newCafeValues,
  readCafeForm,
  readStructure,
  valuesOfCafe,
} from './form.ts'
import { type CafeImageAnswer, receiveCafeImage } from './image.ts'
import { findOverridden } from './overridden-fields.ts'
import { type Held, problemOfPublishing, readPublication } from './publication-form.ts'
import { type CafeDecision, decideCafeFromBody } from './validation.ts'
import { findNewCafeValues, withSavedVenue } from './venue-form.ts'

/** The pages to announce a café, to change it, and to publish what was held back. */
export function adminCafeRoutes(context: Context) {
  const { db, config, now } = context

  type Shown = {
    values: FormValues
    current?: Cafe | undefined
    /** A picture that the form holds and that is not the café's yet. */
    picture?: CafeImageAnswer | undefined
    problems?: Problem[]
    choices?: readonly Commune[] | undefined
  }

  async function formPage(c: HonoContext<WebEnv>, shown: Shown) {
    const { current, picture, problems, choices } = shown
    const { admin } = c.var
    const media = picture?.media
    const values = { ...shown.values, ...(media && { 'image.media': media.id }) }
    return c.html(
      <CafeFormPage
        {...(await adminPropsFor(context, c))}
        values={values}
        problems={problems ?? []}
        towns={choices?.map((town) => ({ codeInsee: town.codeInsee, label: longLabelOf(town) }))}
        current={current}
        image={picture?.image ?? current?.image}
        venues={await listVenues(db, c.var.admin.organization.id)}
        mayKeepVenue={c.var.admin.mandate === undefined}
        isReady={admin.mandate === undefined || (await findLegalGaps(context)).length === 0}
        audience={await findCafeAudience(context)}
        people={await listCafeFacilitators(context, c.var.admin)}
        overridden={
          current &&
          (await findOverridden(context, {
            admin: c.var.admin,
            cafe: current,
            lang: languageOf(c),
          }))
        }
      />,
      problems ? 422 : 200,
    )
  }

  /**
   * All values that the form of a café shows, including people and the kept address: when it is sent unchanged, it
   * changes nothing.
   */
  const shownValues = async (admin: Admin, cafe: Cafe): Promise<FormValues> => ({
    ...valuesOfCafe(cafe, false, await listVenues(db, admin.organization.id)),
    ...((await listCafeFacilitators(context, admin)).length > 0 && {
      facilitators: await listFacilitatorIds(db, cafe.id),
    }),
  })

  const editedCafe = (admin: Admin, { id }: Pick<Cafe, 'id'>): EditedForm => ({
    ...{ subject: { type: 'cafe', id }, action: paths.editCafe(id), page: paths.newCafe },
    groups: CAFE_GROUPS,
    findWords: (lang) => findFieldWords(context, admin, lang),
  })

  /** The form of a café that cannot be published as it is, so that it can be completed. */
  const incompletePage = async (c: HonoContext<WebEnv>, current: Cafe, problem: Problem) =>
    formPage(c, {
      values: withShown(await shownValues(c.var.admin, current)),
      current,
      problems: [problem],
    })

  /** Shows the team what followers will be told. */
  async function changePage(
    c: HonoContext<WebEnv>,
    { before, after, media }: { before: Cafe; after: Cafe; media: CafeImageAnswer['media'] },
  ) {
    const values = { ...valuesOf(c.var.form), ...(media && { 'image.media': media.id }) }
    const [site, audience] = [await findSite(context, c), await findCafeAudience(context)]
    const session = adminSession(c.var.admin)
    return c.html(<ConfirmChangePage {...{ site, session, before, after, audience, values }} />)
  }

  /** Decides the café. The form's own problems come first; what follows from a wrong start is not a second problem. */
  async function decide(
    { form, admin }: WebEnv['Variables'],
    current: Cafe | undefined,
  ): Promise<CafeDecision & { picture: CafeImageAnswer; held: Held }> {
    const organizationId = admin.organization.id
    const picture = await receiveCafeImage(context, form, { current, organizationId })
    const chosen = findChosenVenue(form, await listVenues(db, organizationId))
    const isForStructure = isOfStructure(admin, current)
    const read = readCafeForm(form, current, { chosen, isForStructure })
    const { isDraft } = read
    const decided = decideCafeFromBody(read.body, { current, isDraft, now: now() })
    const { content } = decided
    const { held, problems: later } = readPublication(form, { current, content, now: now() })
    const problems = [...read.problems, ...picture.problems, ...later]
    if (admin.mandate && decided.content && !isInTerritory(admin.mandate, decided.content))
      problems.push({ field: 'venue.town', code: 'outside_territory' })
    if (problems.length === 0 && decided.content && current)
      if (isPastAgain(decided.content, { form, current }))
        return { problems: [{ field: 'startsAt', code: 'in_the_past' }], picture, held }
    if (problems.length === 0 && decided.content)
      return {
        ...decided,
        content: {
          ...decided.content,
          ...(isForStructure && { announcedFor: readStructure(form) }),
          isUndated: read.isUndated || undefined,
          venue: heldAt(decided.content, { chosen, current }),
          image: picture.image,
        },
        picture,
        held,
      }
    const isStartRead = read.problems.length === 0
    const others = decided.problems?.filter(
      ({ field }) => isStartRead || !['startsAt', 'endsAt'].includes(field),
    )
    const { choices } = decided
    return {
      problems: [...problems, ...(others ?? [])],
      ...(choices && { choices }),
      picture,
      held,
    }
  }

  /**
   * Decides the publication. A published café stays so; a new one waits as a draft until the law's minimum is stated.
   */
  async function decidePublication(
    held: Held,
    current: Cafe | undefined,
  ): Promise<{ held: Held; isRefused: boolean }> {
    if (held.publication === 'draft' || current?.publication === 'published')
      return { held, isRefused: false }
    const isRefused = (await findLegalGaps(context)).length > 0
    return { held: isRefused ? { ...held, publication: 'draft' } : held, isRefused }
  }

  const isOver = ({ endsAt }: { endsAt: Temporal.Instant }) =>
    Temporal.Instant.compare(endsAt, now()) < 0

  /**
   * Whether a café is announced for a day that is over, which is a mistake, unless it is a past café that is being
   * corrected.
   */
  const isPastAgain = (
    content: CafeContent,
    { form, current }: { form: FormData; current: Cafe },
  ): boolean =>
    isOver(content) &&
    publicationOf(form) === 'published' &&
    !(current.publication === 'published' && isOver(current))

  async function saveEdit(c: HonoContext<WebEnv, '/:id'>) {
    const { form, admin } = c.var
    const current = await cafeForEditing(context, admin, c.req.param('id'))
    if (isReview(form)) {
      const organizationId = admin.organization.id
      const picture = await receiveCafeImage(context, form, { current, organizationId })
      return formPage(c, { values: valuesOf(form), current, picture })
    }
    const before = await shownValues(admin, current)
    const edited = editedCafe(admin, current)
    const findHeld = async () => {
      const organizationId = admin.organization.id
      const { media } = await receiveCafeImage(context, form, { current, organizationId })
      return media && { 'image.media': media.id }
    }
    const conflict = await reconcileWithOthers(c, context, edited, { current: before, findHeld })
    if (conflict) return conflict
    const { content, held: wanted, ...wrong } = await decide(c.var, current)
    if (!content) return formPage(c, { values: valuesOf(form), current, ...wrong })
    const asked = { ...current, ...content }
    if (isNotified(current, asked) && !form.has(CONFIRMED))
      return changePage(c, { before: current, after: asked, media: wrong.picture.media })
    const { held, isRefused } = await decidePublication(wanted, current)
    const basedOn = current.updatedAt
    const kept = await withSavedVenue(context, c.var, content)
    const saved = await inTransaction(db, async (trx) => {
      await reviseCafe(trx, { id: current.id, content: kept, ...held, basedOn }, now())
      const cafe = await cafeForEditing({ db: trx }, admin, current.id)
      await logAsReferent(trx, admin, { act: 'cafe-changed', cafe }, now())
      return cafe
    })
    await attachFacilitators(context, admin, { cafeId: current.id, form })
    const after = await shownValues(admin, saved)
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
    return formPage(c, { values: { ...values, facilitators, form: randomUUID() } })
  }

  async function saveNew(c: HonoContext<WebEnv>) {
    const { form, admin } = c.var
    if (isReview(form)) return formPage(c, { values: valuesOf(form) })
    const { content, held: asked, ...wrong } = await decide(c.var, undefined)
    if (!content) return formPage(c, { values: valuesOf(form), ...wrong })
    const { held, isRefused } = await decidePublication(asked, undefined)
    const kept = await withSavedVenue(context, c.var, content)
    const cafeId = await saveOnce(admin, { content: kept, held, key: textOf(form, 'form') })
    if (cafeId) await attachFacilitators(context, admin, { cafeId, form })
    context.wake()
    const isOnline = held.publication === 'published' && !isRefused
    if (isOnline && cafeId && admin.mandate) return c.redirect(paths.cafe(cafeId), 303)
    const next = isOnline && cafeId ? paths.cafeOnline(cafeId) : homeOf(admin)
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
      return editHistoryPage(c, context, editedCafe(c.var.admin, cafe))
    })
    .get('/:id', async (c) => {
      const current = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      return formPage(c, { values: withShown(await shownValues(c.var.admin, current)), current })
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
      if (problem) return incompletePage(c, cafe, problem)
      const [site, audience] = [await findSite(context, c), await findCafeAudience(context)]
      return c.html(
        <PublishCafePage {...{ site, session: adminSession(c.var.admin), cafe, audience }} />,
      )
    })
    .post('/:id/publier', async (c) => {
      const current = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      const problem = problemOfPublishing(current, now())
      if (problem) return incompletePage(c, current, problem)
      if ((await findLegalGaps(context)).length > 0)
        return c.redirect(withFlash(homeOf(c.var.admin), 'refused'), 303)
      await publishCafe(db, current.id, now())
      context.wake()
      return c.redirect(withFlash(paths.cafeOnline(current.id), 'published'), 303)
    })

  /**
   * Saves a new café once even when its form is sent twice: the form's own number is in the UID, which is unique. Sent
   * again with another title and another time, after "back", it is another café; with only one of them changed, it is a
   * correction.
   */
  async function saveOnce(
    admin: Admin,
    { content, held, key }: { content: CafeContent; held: Held; key: string },
  ): Promise<string | undefined> {
    const { organization, mandate } = admin
    const uid = `${isUuid(key) ? key : randomUUID()}@${new URL(config.origin).host}`
    const identity = { organizationId: organization.id, uid, recurrenceId: undefined }
    const first = await findCafeByUid(db, identity)
    const isSame =
      first && (first.title === content.title || first.startsAt.equals(content.startsAt))
    if (isSame) {
      await reviseCafe(db, { id: first.id, content, ...held }, now())
      return first.id
    }
    const cafe = {
      content,
      organizationId: organization.id,
      organizer: organizerOf(config, organization),
      origin: config.origin,
      ...held,
      uid: first ? undefined : uid,
      announcedUnder: mandate?.territory,
    }
    try {
      return await inTransaction(db, async (trx) => {
        const made = await createCafe(trx, cafe, now())
        await logAsReferent(trx, admin, { act: 'cafe-announced', cafe: made }, now())
        return made.id
      })
    } catch (error) {
      // The other request was faster, by less time than this check takes.
      const other = await findCafeByUid(db, identity)
      if (!other) throw error
      return other.id
    }
  }
}

/**
 * Returns whether a café is announced for a structure: under a mandate a new one is; an existing one stays as it was.
 */
const isOfStructure = ({ mandate }: Admin, current: Cafe | undefined): boolean =>
  current ? current.announcedFor !== undefined : mandate !== undefined

const isNotified = (before: Cafe, after: Cafe): boolean =>
  before.publication === 'published' && isImportantChange(before, after)

const publicationOf = (form: FormData): Publication =>
  textOf(form, 'save') === 'draft' ? 'draft' : 'published'

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** Returns the whole venue that was picked; one that was typed again as it was is the same one. */
function heldAt(
  { venue }: CafeContent,
  { chosen, current }: { chosen: SavedVenue | undefined; current: Cafe | undefined },
): Venue | undefined {
  if (venue && chosen) return venueOf(chosen)
  const before = current?.venue
  return venue && before && isSameAddress({ ...venue, id: before.id }, before) ? before : venue
}

const isInTerritory = ({ territory: code }: Referent, { venue }: CafeContent): boolean => {
  const territory = findTerritory(code)
  return territory !== undefined && isWithin(territory, venue)
}
