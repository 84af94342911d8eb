import type { PropsWithChildren } from 'hono/jsx'
import { SignedInLayout } from '../admin/signed-in-layout.tsx'
import { territoryLinks } from '../admin/territory-links.ts'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import type { TerritorySession } from './dashboard-props.ts'

type LayoutProps = PropsWithChildren<{
  title: string
  site: Site
  session: Pick<TerritorySession, 'csrf'> & Partial<TerritorySession>
  current: string
}>

/** The layout of a referent's administration: its menu has only the pages that they may open. */
export function ReferentDashboardLayout({ title, site, session, current, children }: LayoutProps) {
  const t = messagesFor(site.lang)
  const code = session.territory?.code
  const nav = code ? territoryLinks(code, t) : []
  const { csrf } = session
  return <SignedInLayout {...{ title, site, csrf, nav, current }}>{children}</SignedInLayout>
}
