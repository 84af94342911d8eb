import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { type Theme, themeOf } from '../../domain/values/colour.ts'
import { findSettings } from '../../store/structures/site-settings.ts'

/** The operator's colour as a stylesheet of its own, so that no page needs an inline style (strict CSP). */
export const themeRoutes = ({ db }: Pick<Context, 'db'>) =>
  new Hono().get('/theme.css', async (c) => {
    const { themeColour } = await findSettings(db)
    if (!themeColour) return c.notFound()
    const { light, dark } = themeOf(themeColour)
    // Printed pages stay black on white.
    const css = `@media screen{${rootOf(light)}}@media screen and (prefers-color-scheme:dark){${rootOf(dark)}}\n`
    return c.body(css, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
    })
  })

const rootOf = ({ accent, accentStrong, accentSoft, onAccent }: Theme): string =>
  `:root{--accent:${accent};--accent-strong:${accentStrong};--accent-soft:${accentSoft};--on-accent:${onAccent}}`
