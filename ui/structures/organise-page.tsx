import { webHref } from '../../node/domain/values/web-address.ts'
import { OuterLink } from '../components/external-link.tsx'
import { SubmitButton } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type OrganisePageProps = {
  site: Site
  /** The address of the source code, where the team gave one. */
  sourceUrl: string | undefined
  signedIn?: boolean | undefined
}

/** Shows three ways to organise cafés, from the simplest to the most independent. */
export function OrganisePage({ site, sourceUrl, signedIn }: OrganisePageProps) {
  const texts = messagesFor(site.lang).organise
  const href = webHref(sourceUrl)
  return (
    <Layout
      title={texts.title}
      site={site}
      current={paths.organise}
      description={texts.lead}
      signedIn={signedIn}
    >
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <div class="doors">
        <section class="panel" aria-labelledby="porte-1">
          <h2 id="porte-1">{texts.one.title}</h2>
          <p>{texts.one.text}</p>
          <p>
            <Link class="button" href={paths.suggest}>
              {texts.one.action}
            </Link>
          </p>
        </section>
        <section class="panel" aria-labelledby="porte-2">
          <h2 id="porte-2">{texts.welcomed.title}</h2>
          <p>{texts.welcomed.text}</p>
          <Form method="get" action={paths.structures}>
            <div class="field">
              <label for="territoire">
                {texts.welcomed.where} <span class="hint">{texts.welcomed.whereHint}</span>
              </label>
              <input id="territoire" name="territoire" type="text" required />
            </div>
            <SubmitButton>{texts.welcomed.submit}</SubmitButton>
          </Form>
        </section>
        <section class="panel" aria-labelledby="porte-3">
          <h2 id="porte-3">{texts.own.title}</h2>
          <p>{texts.own.text}</p>
          <ol>
            <li>{texts.own.steps.machine}</li>
            <li>{texts.own.steps.install}</li>
            <li>
              {texts.own.steps.join} <code class="address">{site.origin}</code>
            </li>
          </ol>
          <p>
            <Link class="button" href={paths.guide('installer')}>
              {texts.own.action}
            </Link>
          </p>
          {href && (
            <p>
              <OuterLink href={href}>{texts.own.software}</OuterLink>
            </p>
          )}
        </section>
      </div>
      <div class="doors">
        <section class="panel" aria-labelledby="premier">
          <h2 id="premier">{texts.first.title}</h2>
          <p>{texts.first.text}</p>
          <p>
            <Link class="button" href={paths.start}>
              {texts.first.start}
            </Link>{' '}
            <Link class="button quiet" href={paths.guide('organiser-un-cafe')}>
              {texts.first.action}
            </Link>{' '}
            <Link class="button quiet" href={paths.guides}>
              {texts.first.all}
            </Link>
          </p>
        </section>
        <section class="panel" aria-labelledby="animer">
          <h2 id="animer">{texts.led.title}</h2>
          <p>{texts.led.text}</p>
          <p>
            <Link class="button" href={paths.facilitators}>
              {texts.led.action}
            </Link>
          </p>
        </section>
      </div>
    </Layout>
  )
}
