import { Drawn } from '../components/drawn.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { AROUND_A_TABLE } from '../drawings/around-a-table.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { HowItGoes } from './how-it-goes.tsx'
import { Questions } from './questions.tsx'

export type AboutPageProps = { site: Site; signedIn?: boolean | undefined }

/** The site of the founders of the AI cafés, with formats, materials and advice. */
const RESOURCES = 'https://cafeia.org/'

/** The page « C’est quoi, un café IA ? »: what happens at one, the principles, the origin. */
export function AboutPage({ site, signedIn }: AboutPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.welcome
  const isDirectory = site.kind === 'hub'
  return (
    <Layout
      title={texts.title}
      site={site}
      current={paths.about}
      description={texts.lead}
      signedIn={signedIn}
    >
      <div class="welcome">
        <div>
          <h1>{texts.title}</h1>
          <p class="lead">{texts.lead}</p>
          <p>
            <Link class="button" href={isDirectory ? paths.home : paths.cafes}>
              {texts.toFind}
            </Link>{' '}
            {isDirectory && (
              <Link class="button quiet" href={paths.organise}>
                {texts.toOrganise}
              </Link>
            )}
          </p>
        </div>
        <div class="scene">
          <Drawn drawing={AROUND_A_TABLE} />
        </div>
      </div>
      <HowItGoes t={t} isAbout />
      <section class="home-part" aria-labelledby="principes">
        <h2 id="principes">{texts.principles}</h2>
        <ul class="tiles">
          {[texts.free, texts.anyFormat, texts.anyMeans].map(({ title, text }) => (
            <li class="tile">
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </section>
      <div class="home-part told">
        <section aria-labelledby="ou-et-qui">
          <h2 id="ou-et-qui">{texts.where}</h2>
          <p>{texts.whereText}</p>
          <p>
            {texts.resources} <Link href={RESOURCES}>cafeia.org</Link>
          </p>
        </section>
        <section aria-labelledby="origine">
          <h2 id="origine">{texts.origin}</h2>
          <p>{texts.originText}</p>
          <p>{texts.since}</p>
        </section>
      </div>
      <Questions site={site} t={t} />
    </Layout>
  )
}
