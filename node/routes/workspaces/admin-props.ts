import type { Context as HonoContext } from 'hono'
import type { AdminProps } from '../../../ui/admin/layout.tsx'
import type { Context } from '../../context.ts'
import { readFlash } from '../http/flash.ts'
import { findSite } from '../http/site.ts'
import { adminSession, type WebEnv } from './access.ts'

/** Finds what every page of the administration shows: the site, who is signed in, and what was just done. */
export const adminPropsFor = async (
  context: Context,
  c: HonoContext<WebEnv>,
): Promise<AdminProps> => ({
  site: await findSite(context, c),
  session: adminSession(c.var.admin),
  flash: readFlash(c),
})
