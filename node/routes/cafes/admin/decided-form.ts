import type { Context } from '../../../context.ts'
import type { Cafe, CafeContent, Publication } from '../../../domain/cafes/cafe.ts'
import { isSameAddress, type SavedVenue, type Venue, venueOf } from '../../../domain/cafes/venue.ts'
import type { Referent } from '../../../domain/referents/referent.ts'
import { findTerritory } from '../../../geo/territories.ts'
import { isWithin } from '../../../geo/territory-chain.ts'
import { listVenues } from '../../../store/cafes/venues.ts'
import { findFull } from '../../../store/structures/structure-shares.ts'
import { textOf } from '../../http/forms.ts'
import type { Admin, WebEnv } from '../../workspaces/access.ts'
import { findLegalGaps } from '../../workspaces/legal-minimum.ts'
import { findChosenVenue, readCafeForm, readStructure } from '../form.ts'
import { type CafeImageAnswer, receiveCafeImage } from '../image.ts'
import { type CafeDecision, decideCafeFromBody } from '../validation.ts'
import { type Held, readPublication } from './publication-form.ts'

/**
 * Decides what the form of a café says: its content, or the problems beside its fields. The form's own problems come
 * first; what follows from a wrong start is not a second problem.
 */
export async function decideCafeForm(
  context: Context,
  { form, admin }: WebEnv['Variables'],
  current: Cafe | undefined,
): Promise<CafeDecision & { picture: CafeImageAnswer; held: Held }> {
  const now = context.now()
  const organizationId = admin.organization.id
  const picture = await receiveCafeImage(context, form, { current, organizationId })
  const chosen = findChosenVenue(form, await listVenues(context.db, organizationId))
  const isForStructure = isOfStructure(admin, current)
  const read = readCafeForm(form, current, { chosen, isForStructure })
  const { isDraft } = read
  const decided = decideCafeFromBody(read.body, { current, isDraft, now })
  const { content } = decided
  const { held, problems: later } = readPublication(form, { current, content, now })
  const full = current ? [] : await findFull(context.db, organizationId, now)
  const problems = [...full, ...read.problems, ...picture.problems, ...later]
  if (admin.mandate && content && !isInTerritory(admin.mandate, content))
    problems.push({ field: 'venue.town', code: 'outside_territory' })
  if (problems.length === 0 && content && current)
    if (isPastAgain(content, { form, current, now }))
      return { problems: [{ field: 'startsAt', code: 'in_the_past' }], picture, held }
  if (problems.length === 0 && content)
    return {
      ...decided,
      content: {
        ...content,
        ...(isForStructure && { announcedFor: readStructure(form) }),
        isUndated: read.isUndated || undefined,
        venue: heldAt(content, { chosen, current }),
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

/** Decides the publication. A published café stays so; a new one waits as a draft until the law's minimum is stated. */
export async function decidePublication(
  context: Context,
  held: Held,
  current: Cafe | undefined,
): Promise<{ held: Held; isRefused: boolean }> {
  if (held.publication === 'draft' || current?.publication === 'published')
    return { held, isRefused: false }
  const isRefused = (await findLegalGaps(context)).length > 0
  return { held: isRefused ? { ...held, publication: 'draft' } : held, isRefused }
}

/**
 * Whether a café is announced for a day that is over, which is a mistake, unless it is a past café that is being
 * corrected.
 */
function isPastAgain(
  content: CafeContent,
  { form, current, now }: { form: FormData; current: Cafe; now: Temporal.Instant },
): boolean {
  const isOver = ({ endsAt }: { endsAt: Temporal.Instant }) =>
    Temporal.Instant.compare(endsAt, now) < 0
  return (
    isOver(content) &&
    publicationOf(form) === 'published' &&
    !(current.publication === 'published' && isOver(current))
  )
}

/**
 * Returns whether a café is announced for a structure: under a mandate a new one is; an existing one stays as it was.
 */
const isOfStructure = ({ mandate }: Admin, current: Cafe | undefined): boolean =>
  current ? current.announcedFor !== undefined : mandate !== undefined

const publicationOf = (form: FormData): Publication =>
  textOf(form, 'save') === 'draft' ? 'draft' : 'published'

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
