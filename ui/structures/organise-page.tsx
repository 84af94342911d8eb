import { OuterLink } from '../components/external-link.tsx'
import { Layout } from '../components/layout.tsx'
import type { Site } from '../components/site.ts'
import { stringsFor } from '../locales/messages.ts'
import { paths, webHref } from '../paths.ts'

export type OrganisePageProps = {
  site: Site
  /** Where the software can be had, where the team said so. */
  sourceUrl: string | undefined
  signedIn?: boolean | undefined
}

/** Three doors, from the simplest to the most independent. */
export function OrganisePage({ site, sourceUrl, signedIn }: OrganisePageProps) {
  const words = stringsFor(site.lang).organise
  const href = webHref(sourceUrl)
  return (
    <Layout
      title={words.title}
      site={site}
      current={paths.organise}
      description={words.lead}
      signedIn={signedIn}
    >
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <div class="doors">
        <section class="panel" aria-labelledby="porte-1">
          <h2 id="porte-1">{words.one.title}</h2>
          <p>{words.one.text}</p>
          <p>
            <a class="button" href={paths.contact}>
              {words.one.action}
            </a>
          </p>
        </section>
        <section class="panel" aria-labelledby="porte-2">
          <h2 id="porte-2">{words.welcomed.title}</h2>
          <p>{words.welcomed.text}</p>
          <form method="get" action={paths.structures}>
            <div class="field">
              <label for="territoire">
                {words.welcomed.where} <span class="hint">{words.welcomed.whereHint}</span>
              </label>
              <input id="territoire" name="territoire" type="text" required />
            </div>
            <p>
              <button class="button" type="submit">
                {words.welcomed.submit}
              </button>
            </p>
          </form>
        </section>
        <section class="panel" aria-labelledby="porte-3">
          <h2 id="porte-3">{words.own.title}</h2>
          <p>{words.own.text}</p>
          <ol>
            <li>{words.own.steps.machine}</li>
            <li>{words.own.steps.install}</li>
            <li>
              {words.own.steps.join} <code class="address">{site.origin}</code>
            </li>
          </ol>
          <p>
            {href ? (
              <OuterLink href={href} class="button">
                {words.own.action}
              </OuterLink>
            ) : (
              <a class="button" href={paths.source}>
                {words.own.action}
              </a>
            )}
          </p>
        </section>
      </div>
      <section class="panel" aria-labelledby="animer">
        <h2 id="animer">{words.led.title}</h2>
        <p>{words.led.text}</p>
        <p>
          <a class="button" href={paths.facilitators}>
            {words.led.action}
          </a>
        </p>
      </section>
    </Layout>
  )
}
