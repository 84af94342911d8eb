import { Layout } from '../components/layout.tsx'
import type { Site } from '../components/site.ts'
import { stringsFor } from '../locales/messages.ts'

/** The only page of a server whose address is not chosen yet: what to do next, in order. */
export function WelcomePage({ site }: { site: Site }) {
  const t = stringsFor(site.lang)
  const words = t.desk.welcome
  return (
    <Layout title={words.title} site={{ ...site, nav: [], footerLinks: [] }} noindex>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <ol class="steps">
          <li>
            <h2>{words.address}</h2>
            <p>{words.addressText}</p>
            <code class="command">CAFE_IA_ORIGIN=https://cafes.exemple.fr</code>
          </li>
          <li>
            <h2>{words.restart}</h2>
            <p>{words.restartText}</p>
            <code class="command">npm start</code>
          </li>
          <li>
            <h2>{words.enter}</h2>
            <p>{words.enterText}</p>
            <code class="command">npm run cafe-ia -- sign-in-link</code>
          </li>
        </ol>
        <p class="notice">{words.closed}</p>
        <h2>{words.trial}</h2>
        <p>{words.trialText}</p>
        <code class="command">npm run demo</code>
      </div>
    </Layout>
  )
}
