import type { Context as HonoContext } from 'hono'
import type { ListedRegistration } from '../../../ui/registrations/team-page.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Registration } from '../../domain/registrations/registration.ts'
import { findPassing, listRanks } from '../../domain/registrations/seating.ts'
import { countNeeds, totalsOf } from '../../domain/registrations/totals.ts'
import type { AuditAct } from '../../domain/values/audit.ts'
import { appendAuditDaily } from '../../store/accounts/acts.ts'
import { toOneLine } from '../../store/queues/mails.ts'
import {
  listNeeds,
  listOffers,
  listRegistrations,
} from '../../store/registrations/registrations.ts'
import { type Admin, authorOf, cafeForEditing, type WebEnv } from '../workspaces/access.ts'

/** Finds the café of the address, which this person of the team may edit. */
export const cafeOfAddress = (context: Context, c: HonoContext<WebEnv>): Promise<Cafe> =>
  cafeForEditing(context, c.var.admin, c.req.param('id') ?? '')

/** Reads the registrations of a café with what its team sees of them, and records that this person saw them. */
export async function readRegistrations(
  { db, now }: Pick<Context, 'db' | 'now'>,
  admin: Admin,
  cafe: Cafe,
) {
  const all = await listRegistrations(db, cafe.id)
  const needs = await listNeeds(db, cafe.id)
  const offers = await listOffers(db, cafe.id)
  const ranks = listRanks(cafe, all)
  await logSeen({ db, now }, { admin, cafe, act: 'registrations-read' })
  return {
    all: all.map(
      (one): ListedRegistration => ({
        ...one,
        needs: needs.get(one.id) ?? [],
        waitingRank: ranks.get(one.id),
        passing: one.state === 'waiting' ? findPassing(one, offers) : undefined,
      }),
    ),
    totals: totalsOf(cafe, all, now()),
    needs: countNeeds(all, needs),
  }
}

/** Records once a day that a person of the team saw, took or used the personal data of those who register. */
export const logSeen = (
  { db, now }: Pick<Context, 'db' | 'now'>,
  { admin, cafe, act }: { admin: Admin; cafe: Cafe; act: AuditAct },
): Promise<void> => {
  const { name: who } = authorOf(admin)
  const key = `${cafe.id} ${admin.account.id}`
  return appendAuditDaily(db, { act, who, about: toOneLine(cafe.title), key }, now())
}

const names = new Intl.Collator('fr', { sensitivity: 'base', numeric: true })

/** Returns them in the order of their names, in which the sheet and the count of the day have them. */
export const inOrderOfNames = <T extends Pick<Registration, 'name' | 'rank'>>(
  some: readonly T[],
): T[] => some.toSorted((a, b) => names.compare(a.name, b.name) || a.rank - b.rank)
