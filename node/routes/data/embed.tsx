import { Hono, type Context as HonoContext } from 'hono'
import type { FieldMessage } from '../../../ui/components/fields.tsx'
import { EMBED_NAMES, type EmbedOptions } from '../../../ui/data/embed-options.ts'
import { EmbedFrame, EmbedPage } from '../../../ui/data/embed-pages.tsx'
import { territoryText } from '../../../ui/locales/french-articles.ts'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { canBeRead, isColour, themeOf, worstContrast } from '../../domain/values/colour.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { listDepartements, listRegions } from '../../geo/territories.ts'
import { lookUpWhere } from '../../geo/where.ts'
import { listNetworks } from '../../store/networks/networks.ts'
import { readExportSearch } from '../api/search/export-search.ts'
import { listNextCafes } from '../cafes/first-dates.ts'
import { CONTENT_SECURITY_POLICY } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

const DEFAULT_COUNT = '5'
const COUNT = /^([1-9]|[1-4]\d|50)$/
const TEXT_MAX = 200

/**
 * The policy of the page that makes the code: our own frame, and our own script that fetches the page again, and
 * nothing else.
 */
const MAKER_POLICY = `${CONTENT_SECURITY_POLICY}; frame-src 'self'; script-src 'self'; connect-src 'self'`

/** The policy of the frame: any site may frame this page, whose one script tells its height. */
const FRAME_POLICY = CONTENT_SECURITY_POLICY.replace(
  "frame-ancestors 'none'",
  "frame-ancestors *; script-src 'self'",
)

/** The list of cafés on other sites: the page that makes the code, and the page that is framed. */
export const embedRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get(paths.embed, async (c) => {
      const options = readOptions(c)
      const site = await findSite(context, c)
      c.header('Content-Security-Policy', MAKER_POLICY)
      return c.html(
        <EmbedPage
          site={site}
          options={options}
          messages={problemsOf(c, options, site.lang, context.now())}
          regions={listRegions().map(
            ({ code, name }) => [`r-${code}`, territoryText(name)] as const,
          )}
          departements={listDepartements().map(
            ({ code, name }) => [code, `${territoryText(name)} (${code})`] as const,
          )}
          networks={await listChoices(context)}
          signedIn={(await findAdmin(c, context)) !== undefined}
        />,
      )
    })
    .get(paths.embedFrame, async (c) => {
      const options = withoutWrongLook(readOptions(c))
      const read = readExportSearch(c, context.now())
      const found =
        'query' in read
          ? await listNextCafes(context.db, { ...read.query, limit: Number(options.nombre) })
          : undefined
      // A mistyped place has no café to come because it is not known, which is something else than none announced.
      const isWrong = found?.cafes.length === 0 && isMistaken(options.ou)
      c.header('Content-Security-Policy', FRAME_POLICY)
      c.header('Cross-Origin-Resource-Policy', 'cross-origin')
      c.header('Cache-Control', 'public, max-age=300')
      return c.html(
        <EmbedFrame
          site={await findSite(context, c)}
          options={options}
          cafes={found && !isWrong ? found.cafes : undefined}
          now={context.now()}
        />,
      )
    })
    .get(paths.embedColour, (c) => {
      const colour = c.req.query('couleur') ?? ''
      if (!isColour(colour) || !canBeRead(colour)) return c.notFound()
      return c.body(stylesheetOf(colour), 200, {
        'Content-Type': 'text/css; charset=utf-8',
        'Cache-Control': 'public, max-age=86400',
      })
    })

/** The maximum number of networks to choose from; others are found by the code on their own page. */
const NETWORKS_MAX = 200

const listChoices = async ({ db }: Context) =>
  (await listNetworks(db, { limit: NETWORKS_MAX })).map(({ slug, name }) => [slug, name] as const)

function readOptions(c: HonoContext): EmbedOptions {
  const given = Object.fromEntries(
    EMBED_NAMES.map((name) => [name, (c.req.query(name) ?? '').trim().slice(0, TEXT_MAX)]),
  ) as EmbedOptions
  return {
    ...given,
    nombre: given.nombre || DEFAULT_COUNT,
    theme: ['clair', 'sombre'].includes(given.theme) ? given.theme : '',
    couleur: given.couleur.toLowerCase(),
  }
}

/** Ignores wrong options of the look, so that old code on a site still shows a list. */
const withoutWrongLook = (options: EmbedOptions): EmbedOptions => ({
  ...options,
  nombre: COUNT.test(options.nombre) ? options.nombre : DEFAULT_COUNT,
  couleur: isColour(options.couleur) && canBeRead(options.couleur) ? options.couleur : '',
})

/** Returns whether a place is another country or a mistake: a list is told so, where a visitor would be asked. */
function isMistaken(ou: string): boolean {
  const where = ou === '' ? undefined : lookUpWhere(ou)
  if (where?.kind !== 'unknown') return false
  return where.isAbroad || where.close.towns.length > 0 || where.close.area !== undefined
}

function problemsOf(
  c: HonoContext,
  { nombre, couleur }: EmbedOptions,
  lang: Lang,
  now: Temporal.Instant,
): FieldMessage[] {
  const texts = messagesFor(lang).data.embed
  const read = readExportSearch(c, now)
  const problems = 'problems' in read ? [...read.problems] : []
  const ou = (c.req.query('ou') ?? '').trim()
  if (problems.length === 0 && isMistaken(ou)) problems.push({ field: 'ou', code: 'unknown_place' })
  const messages = problems.map((problem) => ({
    name: problem.field === 'near' ? 'ou' : problem.field,
    message: problemMessage(problem, lang),
  }))
  if (!COUNT.test(nombre)) messages.push({ name: 'nombre', message: texts.badCount })
  if (couleur === '') return messages
  if (!isColour(couleur)) return [...messages, { name: 'couleur', message: texts.notAColour }]
  if (canBeRead(couleur)) return messages
  // The ratio is rounded down, since 4.46 is not 4.5.
  const ratio = Math.floor(worstContrast(couleur) * 10) / 10
  const said = ratio.toLocaleString(lang === 'fr' ? 'fr' : 'en-GB')
  return [...messages, { name: 'couleur', message: texts.badColour(said) }]
}

/** Returns the stylesheet with the colour by day and by night, or by the one that the framing page chose. */
function stylesheetOf(colour: string): string {
  const { light, dark } = themeOf(colour)
  const of = ({ accent, accentStrong, accentSoft, onAccent }: typeof light): string =>
    `{--accent:${accent};--accent-strong:${accentStrong};--accent-soft:${accentSoft};--on-accent:${onAccent}}`
  return [
    `html:root.framed${of(light)}`,
    `@media (prefers-color-scheme:dark){html:root.framed:not(.clair)${of(dark)}}`,
    `html:root.framed.sombre${of(dark)}`,
    '',
  ].join('\n')
}
