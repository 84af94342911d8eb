import type { Facilitator } from '../../node/domain/facilitators/facilitator.ts'
import { monthAndYear, plainDate } from '../../node/domain/values/date-text.ts'
import { isStoredImage } from '../../node/domain/values/image.ts'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { languageName } from '../cafes/details.tsx'
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
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { Picture } from '../components/photo.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths, telHref } from '../paths.ts'

/** A profile with the fields that its reader may see (`visibleTo`), and the name of its territory. */
export type ShownFacilitator = {
  facilitator: Facilitator
  territory: string | undefined
  /** This directory's copy of the photo of a person of another site. */
  copy?: PhotoCopy | undefined
}

type PhotoCopy = { src: string; width: number; height: number }

/** The photo: our own file, or a copy. */
export const Portrait = ({
  facilitator: { photo },
  copy,
  isDecoration = false,
}: Pick<ShownFacilitator, 'facilitator' | 'copy'> & { isDecoration?: boolean }) => {
  if (isStoredImage(photo))
    return (
      <Picture
        image={photo}
        name="thumb"
        sizes={isDecoration ? '5rem' : '12rem'}
        isDecoration={isDecoration}
        lazy={isDecoration}
      />
    )
  if (!photo || !copy) return null
  return (
    <img
      class="thumb"
      src={copy.src}
      alt={isDecoration ? '' : photo.alt}
      width={copy.width}
      height={copy.height}
      loading={isDecoration ? 'lazy' : undefined}
    />
  )
}

/** Shows all fields of a profile below its name; the person sees the same before they agree. */
export function FacilitatorFacts({
  facilitator,
  territory,
  copy,
  t,
}: ShownFacilitator & { t: Messages }) {
  const texts = t.facilitator
  const facts: [string, string | undefined][] = [
    [texts.facts.territory, whereOf({ facilitator, territory }, t)],
    [texts.facts.formats, facilitator.formats.join(', ')],
    [texts.facts.themes, facilitator.themes.join(', ')],
    [texts.facts.languages, facilitator.languages.map((tag) => languageName(tag, t)).join(', ')],
    [texts.facts.status, facilitator.status && texts.statuses[facilitator.status]],
    [texts.facts.training, trainingOf(facilitator, t)],
    [texts.facts.availability, facilitator.availability],
  ]
  const typed = [texts.facts.formats, texts.facts.themes, texts.facts.availability]
  return (
    <div class="person">
      <Portrait facilitator={facilitator} copy={copy} />
      <div>
        {facilitator.presentation && (
          <p class="typed">
            <UserText t={t}>{facilitator.presentation}</UserText>
          </p>
        )}
        <dl class="facts-list">
          {facts.map(([label, value]) =>
            value ? (
              <div>
                <dt>{label}</dt>
                <dd>{typed.includes(label) ? <UserText t={t}>{value}</UserText> : value}</dd>
              </div>
            ) : null,
          )}
          <ShownContact person={facilitator} t={t} />
        </dl>
      </div>
    </div>
  )
}

const whereOf = ({ facilitator, territory }: ShownFacilitator, t: Messages): string | undefined => {
  if (territory === undefined) return undefined
  const { radiusKm } = facilitator
  const { around, within } = t.facilitator.radius
  if (radiusKm === undefined) return territory
  return `${territory}, ${radiusKm === 0 ? within : around(radiusKm)}`
}

function trainingOf(
  { training, trainedOn }: Pick<Facilitator, 'training' | 'trainedOn'>,
  t: Messages,
): string | undefined {
  if (training === undefined || training === 'none') return undefined
  if (training !== 'trained' || trainedOn === undefined) return t.facilitator.trainings[training]
  const month = monthAndYear(Temporal.PlainYearMonth.from(trainedOn), t.lang)
  return t.facilitator.trainedSince(month)
}

export function ShownContact({
  person: { contact, shownContact },
  t,
}: {
  person: Pick<Facilitator, 'contact' | 'shownContact'>
  t: Messages
}) {
  if (contact !== 'shown' || !shownContact) return null
  const href = shownContact.includes('@') ? `mailto:${shownContact}` : telHref(shownContact)
  return (
    <div>
      <dt>{t.facilitator.facts.contact}</dt>
      <dd>
        <Link href={href}>{shownContact.replaceAll(' ', '\u00a0')}</Link>
      </dd>
    </div>
  )
}

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
  now: Temporal.Instant
  /** The form to write to the person; undefined when they do not want messages. */
  write: WriteForm | undefined
  /** The name of the publisher. */
  publisher: string
  signedIn?: boolean | undefined
}

export function FacilitatorPage(props: FacilitatorPageProps) {
  const { site, facilitator, cafes, now, write, publisher } = props
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
      narrow
    >
      {write && <ErrorSummary form={writeState(write, t)} />}
      <p class="eyebrow">{texts.word[facilitator.word]}</p>
      <h1>
        <UserText t={t}>{facilitator.name}</UserText>
      </h1>
      {props.mandates.map(({ territory, endsOn, href }) => (
        <p class="mandate">
          <strong>{t.referent.held(territory)}</strong>{' '}
          {t.referent.panel.until(plainDate(endsOn, t.lang))}{' '}
          <Link href={href}>{t.referent.panel.proof}</Link>
        </p>
      ))}
      <FacilitatorFacts
        facilitator={facilitator}
        territory={props.territory}
        copy={props.copy}
        t={t}
      />
      {cafes.length > 0 && (
        <section aria-labelledby="cafes">
          <h2 id="cafes">{texts.cafes}</h2>
          <CafeList cafes={cafes} level={3} now={now} t={t} />
        </section>
      )}
      {write && <Write write={write} name={facilitator.name} site={site} t={t} />}
      <p class="fine">{texts.shownBy(publisher)}</p>
      {facilitator.peerId !== undefined && (
        <p class="fine">
          <OuterLink href={facilitator.url}>{t.facilitatorSearch.origin}</OuterLink>
        </p>
      )}
      {facilitator.peerId === undefined && (
        <p class="fine">
          <Link href={paths.ownProfileLink}>{texts.ownLink}</Link>
        </p>
      )}
    </Layout>
  )
}

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
