import type { Context } from '../../context.ts'
import { findHosted } from '../../store/structures/hosted.ts'
import type { Organization } from '../../store/structures/organizations.ts'
import { isSiteStructure } from '../../store/structures/workspaces.ts'
import { isRecord } from './bodies.ts'
import type { Refusal } from './problems.ts'

type Where = Pick<Context, 'db'>

/**
 * Finds the structure that a request names by its slug: that of its token, or any that the site hosts where the token is
 * of the site's own structure. Undefined for any other and for a suspended one, which are not told apart.
 */
export async function findNamedStructure(
  { db }: Where,
  own: Organization,
  slug: string,
): Promise<Organization | undefined> {
  if (slug === own.slug) return own
  if (!(await isSiteStructure(db, own.id))) return undefined
  const hosted = await findHosted(db, { slug })
  return hosted && !hosted.suspension ? hosted : undefined
}

/** The structure for which a body is, with the rest of it. */
export type Chosen =
  | { organization: Organization; body: unknown; refusal?: never }
  | { refusal: Refusal; organization?: never; body?: never }

/**
 * Reads for which structure a body is, `"structure": "mediatheque-de-bruz"`; that of the request where it does not say.
 * @returns The structure with the rest of the body, or the refusal of a name that this token may not write for.
 */
export async function chooseStructure(
  where: Where,
  own: Organization,
  sent: unknown,
): Promise<Chosen> {
  if (!isRecord(sent) || !('structure' in sent)) return { organization: own, body: sent }
  const { structure, ...body } = sent
  if (structure === null) return { organization: own, body }
  const organization =
    typeof structure === 'string' ? await findNamedStructure(where, own, structure) : undefined
  return organization ? { organization, body } : { refusal: refuseStructure() }
}

/** Returns the refusal of a structure for which a token may not read or write, or that does not exist. */
export const refuseStructure = (): Refusal => ({
  type: 'invalid',
  problems: [{ field: 'structure', code: 'other_structure' }],
})
