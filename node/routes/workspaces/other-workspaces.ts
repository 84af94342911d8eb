import type { NavLink } from '../../../ui/components/site.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { findRole } from '../../store/accounts/accounts.ts'
import { listManagedNetworks } from '../../store/networks/managers.ts'
import { listMandates } from '../../store/referents/referents.ts'
import { nameOfCode } from '../http/territory-links.ts'

/** Lists where else an account works here: in the team, for networks, in territories; without the place where it is. */
export async function listOtherWorkspaces(
  { db, now, isDirectory }: Context,
  {
    accountId,
    from,
    lang,
  }: { accountId: string; from: 'team' | 'networks' | 'territories' | 'account'; lang: Lang },
): Promise<NavLink[]> {
  const words = messagesFor(lang).referentDashboard
  const links: NavLink[] = []
  if (from !== 'team' && (await findRole(db, accountId)))
    links.push({ href: paths.admin, label: words.team })
  if (from !== 'networks')
    for (const { slug, name } of await listManagedNetworks(db, accountId))
      links.push({ href: paths.dashboard(slug), label: words.network(name) })
  if (from !== 'territories' && isDirectory)
    for (const { territory } of await listMandates(db, accountId, now()))
      links.push({
        href: paths.referentDashboardOf(territory),
        label: words.territory(nameOfCode(territory)),
      })
  return links
}
