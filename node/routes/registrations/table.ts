import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { needsText } from '../../../ui/registrations/team-page.tsx'
import type { Context } from '../../context.ts'
import { withOffset } from '../../domain/values/date-text.ts'
import { tableHead, tableRows } from '../../formats/csv/write.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { cafeOfAddress, inOrderOfNames, logSeen, readRegistrations } from './team-view.ts'

/** Those who come to a café as a table for spreadsheets; what they need is in it only where `besoins` is ticked. */
export const tableRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/:id/inscrits.csv', (c) => sendTable(context, c))

async function sendTable(context: Context, c: HonoContext<WebEnv>) {
  const cafe = await cafeOfAddress(context, c)
  const { all } = await readRegistrations(context, c.var.admin, cafe)
  await logSeen(context, { admin: c.var.admin, cafe, act: 'registrations-taken' })
  const t = messagesFor('fr')
  const texts = t.registrationTeam
  const hasNeeds = c.req.query('besoins') === '1'
  const { name, seats, side, email, phone, account, asked } = texts.table
  const head = [name, seats, side, email, phone, account, asked, ...(hasNeeds ? [texts.needs] : [])]
  const rows = inOrderOfNames(all.filter(({ state }) => state === 'confirmed')).map((one) => [
    ...[one.name, one.seats, texts.sides[one.side], one.email, one.phone, one.handle],
    withOffset(one.createdAt, cafe.timezone),
    ...(hasNeeds ? [needsText(one.needs, t)] : []),
  ])
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', 'attachment; filename="inscrits.csv"')
  return c.body(tableHead(head) + tableRows(rows))
}
