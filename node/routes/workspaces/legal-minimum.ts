import type { MiddlewareHandler } from 'hono'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { findPublishingGaps, type LegalGap } from '../../domain/structures/legal-notice.ts'
import { emptyProfileFor } from '../../domain/structures/structure-profile.ts'
import { findSiteProfile } from '../../store/structures/profiles.ts'
import { findSettings } from '../../store/structures/site-settings.ts'
import { withFlash } from '../http/flash.ts'
import type { WebEnv } from './access.ts'

/** Finds what must be stated before the administration publishes anything. */
export async function findLegalGaps({
  db,
  config,
}: Pick<Context, 'db' | 'config'>): Promise<LegalGap[]> {
  const { legal } = await findSettings(db)
  const profile = (await findSiteProfile(db)) ?? emptyProfileFor('')
  return findPublishingGaps({ profile, legal }, config)
}

/** Guards imports, which publish at once: while the law's minimum is missing, their forms lead to what is missing. */
export const refuseUntilLegal =
  (context: Context): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    if (c.req.method === 'POST' && (await findLegalGaps(context)).length > 0)
      return c.redirect(withFlash(paths.admin, 'importRefused'), 303)
    return next()
  }
