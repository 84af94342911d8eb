import type { Context } from '../../context.ts'
import { inTransaction } from '../../store/database/database.ts'
import { setCafeFacilitators } from '../../store/facilitators/cafe-facilitators.ts'
import { listOwnFacilitators } from '../../store/facilitators/own-profiles.ts'
import { textsOf } from '../http/forms.ts'
import type { Admin } from '../workspaces/access.ts'

/** Lists the people whom the form of a café offers: those whom the team accepted and who have a profile, by name. */
export async function listCafeFacilitators(
  { db }: Pick<Context, 'db'>,
  { organization, mandate }: Admin,
): Promise<{ id: string; name: string }[]> {
  // A mandate gives no access to profiles.
  if (mandate) return []
  const people = await listOwnFacilitators(db, organization.id)
  return people
    .map(({ facilitator }) => facilitator)
    .filter(({ approvedAt, state }) => approvedAt !== undefined && state !== 'invited')
    .map(({ id, name }) => ({ id, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'fr'))
}

/** Stores the people who were ticked as the café's facilitators; a form that offered nobody changes nothing. */
export async function attachFacilitators(
  { db, now }: Pick<Context, 'db' | 'now'>,
  admin: Admin,
  { cafeId, form }: { cafeId: string; form: FormData },
): Promise<void> {
  const facilitatorIds = await findChosenFacilitators({ db }, admin, form)
  if (!facilitatorIds) return
  await inTransaction(db, (trx) => setCafeFacilitators(trx, { cafeId, facilitatorIds }, now()))
}

/** Finds the people who were ticked, of those that the form offers; undefined where it offered nobody. */
export async function findChosenFacilitators(
  { db }: Pick<Context, 'db'>,
  admin: Admin,
  form: FormData,
): Promise<string[] | undefined> {
  if (!form.has('facilitators.shown')) return undefined
  const known = new Set((await listCafeFacilitators({ db }, admin)).map(({ id }) => id))
  return [...new Set(textsOf(form, 'facilitators'))].filter((id) => known.has(id))
}
