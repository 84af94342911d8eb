import { raw } from 'hono/html'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

const GUIDE_GROUPS = ['organise', 'people', 'site'] as const
export type GuideGroup = (typeof GUIDE_GROUPS)[number]

/** A guide of the program, with its audience. */
export type GuideLink = { name: string; group: GuideGroup; title: string; lead: string }

type Shared = { site: Site; signedIn?: boolean | undefined }

/** Lists the guides that come with the program. They are in French, whatever the page's language. */
export function GuidesPage({ site, guides, signedIn }: Shared & { guides: readonly GuideLink[] }) {
  const texts = messagesFor(site.lang).site.guides
  return (
    <Layout
      title={texts.title}
      site={site}
      current={paths.guides}
      description={texts.lead}
      signedIn={signedIn}
    >
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {GUIDE_GROUPS.map((group) => (
        <section class="home-part" aria-labelledby={group}>
          <h2 id={group}>{texts.groups[group]}</h2>
          <ul class="tiles">
            {guides
              .filter((guide) => guide.group === group)
              .map(({ name, title, lead }) => (
                <li class="tile" lang="fr">
                  <h3>
                    <Link href={paths.guide(name)}>{title}</Link>
                  </h3>
                  <p>{lead}</p>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Layout>
  )
}

type GuideProps = Shared & {
  guide: GuideLink
  html: string
  others: readonly GuideLink[]
}

export function GuidePage({ site, guide, html, others, signedIn }: GuideProps) {
  const texts = messagesFor(site.lang).site.guides
  // Titles in metadata cannot be marked as French, so the translated page has its own.
  const head = site.lang === 'fr' ? guide : texts
  return (
    <Layout
      title={head.title}
      site={site}
      current={paths.guide(guide.name)}
      description={head.lead}
      signedIn={signedIn}
    >
      <article class="guide" lang="fr">
        <h1>{guide.title}</h1>
        {raw(html)}
      </article>
      <nav class="guide" aria-labelledby="autres">
        <h2 id="autres">{texts.others}</h2>
        <ul>
          {others.map(({ name, title }) => (
            <li lang="fr">
              <Link href={paths.guide(name)}>{title}</Link>
            </li>
          ))}
        </ul>
        <p>
          <Link href={paths.guides}>{messagesFor(site.lang).organise.first.all}</Link>
        </p>
      </nav>
    </Layout>
  )
}
