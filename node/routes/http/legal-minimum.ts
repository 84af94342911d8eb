import type { MiddlewareHandler } from 'hono'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { type LegalGap, whatIsMissingToGoPublic } from '../../domain/structures/legal-notice.ts'
import { unwritten } from '../../domain/structures/structure-profile.ts'
import { findSettings } from '../../store/database/site-settings.ts'
import { findFirstProfile } from '../../store/structures/profiles.ts'
import type { WebEnv } from './access.ts'
import { withFlash } from './flash.ts'

/** What must be said before the desk publishes anything. */
export async function findLegalGaps({
  db,
  config,
}: Pick<Context, 'db' | 'config'>): Promise<LegalGap[]> {
  const { legal } = await findSettings(db)
  const profile = (await findFirstProfile(db)) ?? unwritten('')
  return whatIsMissingToGoPublic({ profile, legal }, config)
}

/** An import publishes at once: while the law's minimum is missing, its forms lead to what is missing. */
export const refuseUntilLegal =
  (context: Context): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    if (c.req.method === 'POST' && (await findLegalGaps(context)).length > 0)
      return c.redirect(withFlash(paths.desk, 'importRefused'), 303)
    return next()
  }
