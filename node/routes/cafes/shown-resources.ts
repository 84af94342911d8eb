import type { ShownResource } from '../../../ui/cafes/details.tsx'
import { paths } from '../../../ui/paths.ts'
import { type NamedResource, titleOfResource } from '../../domain/resources/named-resource.ts'
import { webHref } from '../../domain/values/web-address.ts'
import type { Database } from '../../store/database/database.ts'
import { listResourcesByUri } from '../../store/resources/resources.ts'

/**
 * Returns what a café names as its page shows it: with the title and the page that are known here, else with its own
 * address. One that the team hides, or that was withdrawn here, is its title alone.
 */
export async function listShownResources(
  { db, origin }: { db: Database; origin: string },
  named: readonly NamedResource[] = [],
): Promise<ShownResource[]> {
  if (named.length === 0) return []
  const uris = named.map(({ uri }) => uri)
  const known = new Map((await listResourcesByUri(db, uris)).map((one) => [one.uri, one]))
  return named.map((one) => {
    const resource = known.get(one.uri)
    if (resource?.isShown)
      return { title: resource.title, href: paths.resource(resource.slug), host: undefined }
    const isOurs = one.uri.startsWith(`${origin}${paths.resources}/`)
    const href = resource || isOurs ? undefined : webHref(one.uri)
    return { title: titleOfResource(one), href, host: href && new URL(href).host }
  })
}
