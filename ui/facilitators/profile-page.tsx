import type { LedCafes } from '../../node/domain/facilitators/facilitator.ts'
import { facilitatorPageId } from '../../node/domain/facilitators/facilitator-page.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { OuterLink } from '../components/external-link.tsx'
import {
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  TextArea,
  titleOfForm,
} from '../components/fields.tsx'
import { MailIcon } from '../components/icons.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { PageFlag } from '../components/page-flag.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { FacilitatorProfile, type ShownFacilitator } from './shown-profile.tsx'

/** POST `action`: `name`, `structure`, `email`, `message`, `site_web` (left empty). */
export type WriteForm = {
  action: string
  values: FormValues
  messages: FieldMessage[]
  mailWorks: boolean
  /** Whether the person is on another site, which delivers the message. */
  isElsewhere?: boolean | undefined
}

export type HeldMandate = { territory: string; endsOn: Temporal.PlainDate; href: string }

export type FacilitatorPageProps = ShownFacilitator & {
  site: Site
  /** The mandates that directories signed for the person, each for a territory. */
  mandates: readonly HeldMandate[]
  /** Cafés to come that the person leads. */
  cafes: ListedCafe[]
  /** Those that the person led until now; undefined where there is none. */
  led: LedCafes | undefined
  now: Temporal.Instant
  /** The form to write to the person; undefined when they do not want messages. */
  write: WriteForm | undefined
  /** The name of the publisher. */
  publisher: string
  signedIn?: boolean | undefined
  /** Whether somebody who administers the directory looks at it. */
  mayHide?: boolean | undefined
}

export function FacilitatorPage(props: FacilitatorPageProps) {
  const { site, facilitator, write } = props
  const t = messagesFor(site.lang)
  const texts = t.facilitator
  return (
    <Layout
      title={titleOfForm({ messages: write?.messages ?? [], t }, facilitator.name)}
      site={site}
      current={paths.facilitators}
      canonical={facilitator.url}
      description={texts.lead}
      noindex={facilitator.peerId !== undefined}
      signedIn={props.signedIn}
    >
      {write && <ErrorSummary form={writeState(write, t)} />}
      <p class="way-back">
        <Link href={paths.facilitators}>{texts.title}</Link>
      </p>
      <FacilitatorProfile
        facilitator={facilitator}
        territory={props.territory}
        copy={props.copy}
        led={props.led}
        heading={
          <h1>
            <UserText t={t}>{facilitator.name}</UserText>
          </h1>
        }
        action={
          write && (
            <p class="keep">
              <WriteLink name={facilitator.name} t={t} />
            </p>
          )
        }
        t={t}
      >
        <Mandates mandates={props.mandates} t={t} />
        <NextCafes {...props} t={t} />
        {write && (
          <p class="main-action">
            <WriteLink name={facilitator.name} t={t} />
          </p>
        )}
        {write && <Write write={write} name={facilitator.name} site={site} t={t} />}
        <Published {...{ facilitator, t }} publisher={props.publisher} led={props.led} />
        <PageFlag
          address={site.origin + paths.facilitator(facilitatorPageId(facilitator))}
          kind="facilitator"
          mayHide={facilitator.peerId !== undefined && props.mayHide}
          t={t}
        />
      </FacilitatorProfile>
    </Layout>
  )
}

const WriteLink = ({ name, t }: { name: string; t: Messages }) => (
  <Link class="button" href="#ecrire">
    <MailIcon />
    {t.facilitator.write.title(name)}
  </Link>
)

const Mandates = ({ mandates, t }: Pick<FacilitatorPageProps, 'mandates'> & { t: Messages }) => (
  <>
    {mandates.map(({ territory, endsOn, href }) => (
      <p class="mandate">
        <strong>{t.referent.held(territory)}</strong>{' '}
        {t.referent.panel.until(plainDate(endsOn, t.lang))}{' '}
        <Link href={href}>{t.referent.panel.proof}</Link>
      </p>
    ))}
  </>
)

const NextCafes = ({
  facilitator,
  cafes,
  now,
  t,
}: Pick<FacilitatorPageProps, 'facilitator' | 'cafes' | 'now'> & { t: Messages }) =>
  cafes.length > 0 ? (
    <section aria-labelledby="cafes">
      <h2 id="cafes">{t.facilitator.meet[facilitator.word]}</h2>
      <CafeList cafes={cafes} level={3} now={now} t={t} />
    </section>
  ) : null

type PublishedProps = Pick<FacilitatorPageProps, 'facilitator' | 'publisher' | 'led'> & {
  t: Messages
}

const Published = ({ facilitator, publisher, led, t }: PublishedProps) => (
  <>
    <p class="fine">{t.facilitator.shownBy(publisher)}</p>
    {led && (
      <p class="fine">
        <Link href={paths.facilitatorCertificate(facilitatorPageId(facilitator))}>
          {t.certificate.link}
        </Link>
      </p>
    )}
    <p class="fine">
      {facilitator.peerId === undefined ? (
        <Link href={paths.ownProfileLink}>{t.facilitator.ownLink}</Link>
      ) : (
        <OuterLink href={facilitator.url}>{t.facilitatorSearch.origin}</OuterLink>
      )}
    </p>
  </>
)

const writeState = ({ values, messages }: WriteForm, t: Messages): FormState => {
  const texts = t.facilitator.write
  return {
    values,
    messages,
    labels: {
      name: texts.name,
      structure: texts.structure,
      email: texts.email,
      message: texts.message,
    },
    hints: { message: texts.messageHint },
    t,
  }
}

type WriteProps = { write: WriteForm; name: string; site: Site; t: Messages }

function Write({ write, name, site, t }: WriteProps) {
  const texts = t.facilitator.write
  const form = writeState(write, t)
  return (
    <PanelForm
      id="ecrire"
      heading={texts.title(name)}
      lead={
        write.isElsewhere
          ? t.facilitatorSearch.write.lead
          : write.mailWorks
            ? texts.lead
            : texts.leadNoMail(site.name)
      }
      action={write.action}
      submit={texts.submit}
    >
      <InputField form={form} name="name" autocomplete="name" max={100} required />
      <InputField form={form} name="structure" autocomplete="organization" max={100} optional />
      <InputField form={form} name="email" type="email" autocomplete="email" required />
      <TextArea form={form} name="message" rows={6} max={2000} />
      <Honeypot t={t} />
    </PanelForm>
  )
}

/** A hidden field (honeypot): programs that fill in every field reveal themselves by it. */
export const Honeypot = ({ t }: { t: Messages }) => (
  <div class="unseen" aria-hidden="true">
    <label for="site_web">{t.facilitator.ask.trap}</label>
    <input id="site_web" name="site_web" type="text" tabindex={-1} autocomplete="off" />
  </div>
)
