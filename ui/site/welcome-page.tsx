import { Layout } from '../components/layout.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'

/** The only page of a server without a configured address: the next steps, in order. */
export function WelcomePage({ site }: { site: Site }) {
  const t = messagesFor(site.lang)
  const texts = t.admin.welcome
  return (
    <Layout title={texts.title} site={{ ...site, nav: [], footerLinks: [] }} noindex narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ol class="steps">
        <li>
          <h2>{texts.address}</h2>
          <p>{texts.addressText}</p>
          <code class="command">CAFE_IA_ORIGIN=https://cafes.exemple.fr</code>
        </li>
        <li>
          <h2>{texts.restart}</h2>
          <p>{texts.restartText}</p>
          <code class="command">bin/cafe-ia start</code>
        </li>
        <li>
          <h2>{texts.enter}</h2>
          <p>{texts.enterText}</p>
          <code class="command">bin/cafe-ia sign-in-link</code>
        </li>
      </ol>
      <p class="notice">{texts.closed}</p>
      <h2>{texts.trial}</h2>
      <p>{texts.trialText}</p>
      <code class="command">bin/cafe-ia demo</code>
    </Layout>
  )
}
