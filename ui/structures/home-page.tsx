import {
  emptyProfileFor,
  type StructureProfile,
} from '../../node/domain/structures/structure-profile.ts'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { Drawn } from '../components/drawn.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { actorAlternate, type NavLink, type Site } from '../components/site.ts'
import { AROUND_A_SCREEN } from '../drawings/around-a-screen.ts'
import { INVITATION } from '../drawings/invitation.ts'
import { FollowPanel } from '../follow/panel.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { HowItGoes } from '../site/how-it-goes.tsx'
import { HelpPanel } from './help-panel.tsx'
import { PlacePanel } from './panel.tsx'

export type NodeHomePageProps = {
  site: Site
  /** The next cafés, soonest first. */
  cafes: ListedCafe[]
  /** The structure's profile; fields that it left empty are not shown. */
  profile?: StructureProfile | undefined
  /** Where people are helped with computers nearby. */
  help: { href: string; name: string | undefined }
  /** The networks that it belongs to. */
  networks?: NavLink[] | undefined
  /** The directories that show its cafés. */
  directories?: NavLink[] | undefined
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

export function NodeHomePage(props: NodeHomePageProps) {
  const { site, cafes, profile, help, networks = [], directories = [], now, signedIn } = props
  const t = messagesFor(site.lang)
  return (
    <Layout
      title={site.name}
      site={site}
      current={paths.home}
      signedIn={signedIn}
      description={t.site.home.lead}
      canonical={`${site.origin}/`}
      alternates={[actorAlternate(site)]}
    >
      <div class="welcome of-place">
        <div>
          <p class="kicker">{t.site.home.title}</p>
          <h1>{site.name}</h1>
          <p class="lead">{t.site.home.lead}</p>
        </div>
        <div class="scene">
          <Drawn drawing={AROUND_A_SCREEN} />
        </div>
      </div>
      <div class="split">
        <div>
          <h2>{t.site.home.next}</h2>
          {cafes.length === 0 && (
            <p>
              {t.site.home.none} {t.site.home.noneHint}
            </p>
          )}
          <CafeList cafes={cafes} now={now} t={t} level={3} />
          {cafes.length > 0 && (
            <p class="more">
              <Link class="button quiet" href={paths.cafes}>
                {t.site.home.all}
              </Link>
            </p>
          )}
        </div>
        <aside>
          {(profile || networks.length > 0) && (
            <PlacePanel profile={profile ?? emptyProfileFor(site.name)} networks={networks} t={t} />
          )}
          <FollowPanel site={site} t={t} />
          <HelpPanel help={help} t={t} />
        </aside>
      </div>
      <HowItGoes t={t} />
      {directories.length > 0 && (
        <section class="home-part is-yours" aria-labelledby="ailleurs">
          <Drawn drawing={INVITATION} />
          <div>
            <h2 id="ailleurs">{t.welcome.elsewhere}</h2>
            <p>{t.welcome.elsewhereText}</p>
          </div>
          {directories.map(({ href, label }) => (
            <Link class="button" href={href}>
              {label}
            </Link>
          ))}
        </section>
      )}
    </Layout>
  )
}
