import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** Returns the menu of a referent for one territory. */
export const territoryLinks = (code: string, t: Messages): NavLink[] => {
  const texts = t.referentDashboard.nav
  return [
    { href: paths.referentDashboardOf(code), label: texts.territory },
    { href: paths.announceFor(code), label: texts.announce },
    { href: paths.territoryFlagCases(code), label: t.flag.admin.nav },
    { href: paths.territoryJournal(code), label: texts.journal },
    { href: paths.territory(code), label: texts.site },
  ]
}
