import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A network in a list. */
type NetworkCard = { slug: string; name: string; members: number; toCome: number }

export type StructureNetworksPageProps = {
  site: Site
  networks: NetworkCard[]
  nextHref?: string | undefined
  signedIn?: boolean | undefined
}

/** Lists the networks that structures belong to. */
export function StructureNetworksPage({
  site,
  networks,
  nextHref,
  signedIn,
}: StructureNetworksPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.structureNetworks.list
  return (
    <Layout
      title={texts.title}
      site={site}
      current={paths.structureNetworks}
      description={texts.lead}
      signedIn={signedIn}
    >
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {networks.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <ul class="structures">
          {networks.map(({ slug, name, members, toCome }) => (
            <li>
              <h2>
                <Link href={paths.structureNetwork(slug)}>{name}</Link>
              </h2>
              <p class="fine">{texts.counts(members, toCome)}</p>
            </li>
          ))}
        </ul>
      )}
      {nextHref && (
        <p class="more">
          <Link class="button quiet" href={nextHref} rel="next">
            {texts.more}
          </Link>
        </p>
      )}
      <p>{texts.join}</p>
    </Layout>
  )
}
