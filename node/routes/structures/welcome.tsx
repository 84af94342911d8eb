import { Hono } from 'hono'
import { WelcomePage } from '../../../ui/site/welcome-page.tsx'
import type { Context } from '../../context.ts'
import { findSite } from '../http/site.ts'

/** The page at every address of a server whose own address is not chosen yet: nothing is public before. */
export const welcomeRoutes = (context: Context) =>
  new Hono().get('*', async (c) => c.html(<WelcomePage site={await findSite(context, c)} />))
