import { Hono } from 'hono'
import { problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { RequestPage } from '../../../ui/territories/request-form.tsx'
import type { Context } from '../../context.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { longLabelOf, lookUpPlace } from '../../geo/places.ts'
import { findTerritory } from '../../geo/territories.ts'
import { addRequest } from '../../store/territories/requests.ts'
import { assertSameOrigin, limitBody, readForm, textOf } from '../http/forms.ts'
import { addressOf, neighbourhoodOf } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

const TOWN_MAX = 200

/** « J’aimerais un café ici » : one click counts one request; the answer is the page of the commune. */
export const requestRoutes = (context: Context) =>
  new Hono<WebEnv>().post(paths.requests, limitBody(), async (c) => {
    c.header('Cache-Control', 'no-store')
    assertSameOrigin(c, context.config)
    const town = textOf(await readForm(c), 'commune').slice(0, TOWN_MAX)
    const found = findTown(town)
    const site = await findSite(context, c)
    if ('towns' in found) return c.html(<RequestPage {...{ site, town }} towns={found.towns} />)
    if (!found.commune) {
      const code = town === '' ? 'required' : 'unknown_place'
      const message = problemMessage({ field: 'commune', code }, site.lang)
      return c.html(<RequestPage {...{ site, town, message }} />, 422)
    }
    const visitor = neighbourhoodOf(addressOf(c.env?.incoming, context.config))
    const said = await addRequest(context.db, { visitor, commune: found.commune }, context.now())
    return c.redirect(
      `${paths.territory(`c-${found.commune.codeInsee}`)}?demande=${said}#demande`,
      303,
    )
  })

type Found =
  | { commune: Commune | undefined; towns?: never }
  | { towns: { code: string; label: string }[] }

/** Finds a town by its code (`c-35238`), a postcode or a name. */
function findTown(town: string): Found {
  const territory = town.startsWith('c-') ? findTerritory(town) : undefined
  if (territory?.kind === 'commune') return { commune: territory.commune }
  const place = lookUpPlace(town)
  if (place.kind === 'several')
    return {
      towns: place.choices.map((commune) => ({
        code: `c-${commune.codeInsee}`,
        label: longLabelOf(commune),
      })),
    }
  return { commune: place.kind === 'commune' ? place.commune : undefined }
}
