import { distance } from '../../node/domain/values/number-text.ts'
import {
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Honeypot } from './profile-page.tsx'
import { Portrait, type ShownFacilitator } from './shown-profile.tsx'

/** The address of the facilitator's page on this site. */
export type FacilitatorCard = ShownFacilitator & {
  href: string
  /** The distance from the place that was searched for to the middle of their territory. */
  km?: number | undefined
}

/**
 * Returns how far somebody is from a town or its surroundings; empty for a département or a région, whose middle says
 * nothing about the distance.
 */
export const awayText = (
  { territory, km }: { territory: string | undefined; km: number | undefined },
  t: Messages,
): string =>
  km !== undefined && /^[ce]-/.test(territory ?? '')
    ? t.facilitatorSearch.away(distance(km, true, t.lang))
    : ''

type CardsProps = { people: FacilitatorCard[]; level: 2 | 3; t: Messages }

export function FacilitatorCards({ people, level, t }: CardsProps) {
  const Heading = `h${level}` as 'h2'
  return (
    <ul class="people">
      {people.map(({ facilitator, territory, href, copy, km }) => (
        <li>
          <Portrait facilitator={facilitator} copy={copy} isDecoration />
          <div>
            <Heading>
              <Link href={href}>
                <UserText t={t}>{facilitator.name}</UserText>
              </Link>
            </Heading>
            <p class="fine">
              {[
                t.facilitator.word[facilitator.word],
                territory,
                awayText({ territory: facilitator.territory, km }, t),
              ]
                .filter(Boolean)
                .join(', ')}
            </p>
            {[...facilitator.formats, ...facilitator.themes].length > 0 && (
              <p class="fine">
                <UserText t={t}>
                  {[...facilitator.formats, ...facilitator.themes].join(', ')}
                </UserText>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

export type FacilitatorsPageProps = {
  site: Site
  people: FacilitatorCard[]
  signedIn?: boolean | undefined
}

/** The list of a site's own facilitators. */
export function FacilitatorsPage({ site, people, signedIn }: FacilitatorsPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.facilitator
  return (
    <Layout
      title={texts.title}
      site={site}
      current={paths.facilitators}
      description={texts.lead}
      signedIn={signedIn}
    >
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {people.length > 0 ? (
        <FacilitatorCards people={people} level={2} t={t} />
      ) : (
        <p>{texts.none}</p>
      )}
      <section class="panel" aria-labelledby="figurer">
        <h2 id="figurer">{texts.ask.title}</h2>
        <p>{texts.ask.lead(site.name)}</p>
        <p class="buttons">
          <Link class="button" href={paths.askFacilitator}>
            {texts.ask.title}
          </Link>
          <Link href={paths.ownProfileLink}>{texts.link.title}</Link>
        </p>
      </section>
    </Layout>
  )
}

/** POST on the same address: `name`, `email`, `site_web` (left empty). */
export type AskFacilitatorPageProps = {
  site: Site
  /**
   * `appear`: a request to appear in the list, which needs a name too; `link`: a request for a new link, which needs
   * the address only.
   */
  asked: 'appear' | 'link'
  values: FormValues
  messages: FieldMessage[]
}

export function AskFacilitatorPage({ site, asked, values, messages }: AskFacilitatorPageProps) {
  const t = messagesFor(site.lang)
  const { ask, link } = t.facilitator
  const isNew = asked === 'appear'
  const title = isNew ? ask.title : link.title
  const action = isNew ? paths.askFacilitator : paths.ownProfileLink
  const form: FormState = {
    values,
    messages,
    labels: { name: ask.name, email: ask.email },
    hints: { email: ask.emailHint },
    t,
  }
  return (
    <Layout title={titleOfForm({ messages, t }, title)} site={site} current={action} noindex narrow>
      <ErrorSummary form={form} />
      <h1>{title}</h1>
      <p class="lead">{isNew ? ask.lead(site.name) : link.lead}</p>
      <Form method="post" action={action} class="stack" novalidate>
        {isNew && <InputField form={form} name="name" autocomplete="name" max={80} required />}
        <InputField form={form} name="email" type="email" autocomplete="email" required />
        <Honeypot t={t} />
        <SubmitButton>{isNew ? ask.submit : link.submit}</SubmitButton>
      </Form>
    </Layout>
  )
}
