import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { AccessibilityPage } from '../../../ui/site/accessibility-page.tsx'
import {
  ContactPage,
  LegalNoticePage,
  type LegalPageProps,
  SourcePage,
} from '../../../ui/site/legal-pages.tsx'
import { PersonalDataPage } from '../../../ui/site/personal-data-page.tsx'
import type { Context } from '../../context.ts'
import { emptyProfileFor } from '../../domain/structures/structure-profile.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { VERSION } from '../../program/version.ts'
import { findSiteProfile } from '../../store/structures/profiles.ts'
import { findSettings } from '../../store/structures/site-settings.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { findDataSources } from './data-sources.ts'

/** The pages that the law requires, made from the settings. */
export function legalRoutes(context: Context) {
  const { db, config, now } = context

  async function propsFor(c: HonoContext<WebEnv>): Promise<LegalPageProps> {
    const [site, profile, { legal }, admin] = await Promise.all([
      findSite(context, c),
      findSiteProfile(db),
      findSettings(db),
      findAdmin(c, context),
    ])
    const { host } = new URL(config.origin)
    return {
      site,
      legal,
      profile: profile ?? emptyProfileFor(host),
      signedIn: admin !== undefined,
    }
  }

  return new Hono<WebEnv>()
    .get(paths.legalNotice, async (c) => c.html(<LegalNoticePage {...(await propsFor(c))} />))
    .get(paths.personalData, async (c) =>
      c.html(
        <PersonalDataPage {...(await propsFor(c))} sources={await findDataSources(context)} />,
      ),
    )
    .get('/cookies', (c) => c.redirect(`${paths.personalData}#cookies`, 301))
    .get(paths.contact, async (c) => c.html(<ContactPage {...(await propsFor(c))} />))
    .get(paths.accessibility, async (c) => {
      const today = dayInParis(now())
      return c.html(<AccessibilityPage {...(await propsFor(c))} today={today} />)
    })
    .get(paths.source, async (c) => {
      const { site, signedIn } = await propsFor(c)
      const { sourceUrl } = await findSettings(db)
      return c.html(<SourcePage {...{ site, sourceUrl, signedIn }} version={VERSION} />)
    })
}
