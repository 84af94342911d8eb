import type {
  Facilitator,
  FacilitatorField,
  Level,
} from '../../node/domain/facilitators/facilitator.ts'
import { facilitatorPageId } from '../../node/domain/facilitators/facilitator-page.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import { ErrorSummary, SubmitButton, titleOfForm } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import {
  type ClaimedMandate,
  OwnMandates,
  type OwnMandatesProps,
  ownMandatesForm,
} from './own-mandates.tsx'
import { OwnNamings, type OwnNamingsProps } from './own-namings.tsx'

/** Returns the day of an instant in the time zone of Paris, in words. */
export const dayOf = (at: Temporal.Instant, lang: Lang): string => plainDate(dayInParis(at), lang)

export type ShownConsent = {
  field: FacilitatorField | 'name' | 'alias' | 'directory' | 'fediverse' | 'mandate'
  host?: string | undefined
  level: Level
  isByHandedLink: boolean
  text: string
  lang: Lang
  at: Temporal.Instant
  endedAt: Temporal.Instant | undefined
}

/** POST `…/masquer`; `…/annuaires` with `host` and `answer`, `yes` or `no`; `…/mandats` (`OwnMandatesProps`). */
export type OwnFacilitatorPageProps = {
  site: Site
  token: string
  facilitator: Facilitator
  hasDraft: boolean
  consents: ShownConsent[]
  /** The directories that the site has joined. */
  hosts: readonly string[]
  /** What has just been done. */
  done?:
    | ('published' | 'hidden' | 'joined' | 'left' | 'address' | 'links' | 'claimed' | 'dropped')
    | undefined
  mandates: readonly ClaimedMandate[]
  /** The address of another mandate that was typed. */
  claim: Pick<OwnMandatesProps, 'typed' | 'messages'>
  /** A new e-mail address that is not confirmed yet. */
  nextEmail: string | undefined
  /** Whether the link in use was sent to that address. */
  mayConfirm: boolean
  /** How many other links to the page are valid. */
  otherLinks: number
  mailWorks: boolean
  /** The cafés that name the person. */
  named?: Pick<OwnNamingsProps, 'namings' | 'isAlways' | 'isMailed'> | undefined
  /** The directories that do not show the profile, each with its reason. */
  hiddenBy?: readonly { directory: string; reason: string }[] | undefined
}

/** The page that a person's link opens: what is published about them, and everything that they can do about it. */
export function OwnFacilitatorPage(props: OwnFacilitatorPageProps) {
  const { site, token, facilitator, hasDraft, consents, hosts, done, nextEmail } = props
  const t = messagesFor(site.lang)
  const texts = t.facilitator.own
  const { state, expiresAt } = facilitator
  const isPublished = state === 'published'
  /** Whether the published profile has no later draft. */
  const isCurrent = isPublished && !hasDraft
  const claim = { ...props.claim, t }
  return (
    <Layout title={titleOfForm(claim, texts.title)} site={site} noindex narrow>
      <ErrorSummary form={ownMandatesForm(claim)} />
      {done && (
        <p class="flash" role="status">
          {texts[done]}
        </p>
      )}
      <h1>{texts.title}</h1>
      <p class="lead">
        {state === 'published'
          ? texts.state.published(expiresAt ? dayOf(expiresAt, t.lang) : '')
          : texts.state[state]}
      </p>
      {isPublished && hasDraft && <p class="notice">{texts.pending}</p>}
      {facilitator.approvedAt === undefined && <p class="notice">{texts.waits(site.name)}</p>}
      {nextEmail && !props.mayConfirm && <p class="notice">{texts.addressWaits(nextEmail)}</p>}
      {nextEmail && props.mayConfirm && (
        <Form method="post" action={paths.ownProfile(token, 'adresse')}>
          <SubmitButton>{texts.addressIsMine(nextEmail)}</SubmitButton>
        </Form>
      )}
      <HiddenBy hiddenBy={props.hiddenBy} t={t} />
      <p>{texts.private}</p>
      {!props.mailWorks && <p class="notice">{texts.noMail}</p>}
      {isPublished && facilitator.level === 'public' && (
        <p>
          {texts.pageAddress(facilitator.url)}{' '}
          <Link href={`${paths.ownProfile(token, 'profil')}#alias`}>{texts.changeAddress}</Link>
        </p>
      )}
      <p class="buttons">
        {!isCurrent && (
          <Link class="button" href={paths.ownProfile(token, 'apercu')}>
            {texts.preview}
          </Link>
        )}
        {isPublished && facilitator.level === 'public' && (
          <Link
            class={isCurrent ? 'button' : 'button quiet'}
            href={paths.facilitator(facilitatorPageId(facilitator))}
          >
            {texts.look}
          </Link>
        )}
        <Link class="button quiet" href={paths.ownProfile(token, 'profil')}>
          {texts.edit}
        </Link>
        {isCurrent && <Link href={paths.ownProfile(token, 'apercu')}>{texts.renew}</Link>}
      </p>
      {isPublished && facilitator.level !== 'nobody' && hosts.length > 0 && (
        <>
          <h2>{texts.directories}</h2>
          {hosts.map((host) => (
            <Directory
              host={host}
              isIn={facilitator.directories.includes(host)}
              action={paths.ownProfile(token, 'annuaires')}
              t={t}
            />
          ))}
        </>
      )}
      <OwnNamings token={token} namings={[]} isAlways={false} {...props.named} t={t} />
      {isPublished && facilitator.level === 'public' && (
        <OwnMandates token={token} mandates={props.mandates} {...claim} />
      )}
      {isPublished && (
        <Form method="post" action={paths.ownProfile(token, 'masquer')}>
          <p>{texts.hideHint}</p>
          <SubmitButton quiet>{texts.hide}</SubmitButton>
        </Form>
      )}
      <WayOut token={token} t={t} />
      <h2>{texts.linksTitle}</h2>
      <p>{texts.linksMean}</p>
      {props.otherLinks > 0 && (
        <Form method="post" action={paths.ownProfile(token, 'liens')}>
          <p>{texts.linksOther(props.otherLinks)}</p>
          <SubmitButton quiet>{texts.closeLinks}</SubmitButton>
        </Form>
      )}
      <h2>{texts.log}</h2>
      {consents.length === 0 ? <p>{texts.logNone}</p> : <ConsentLog consents={consents} t={t} />}
    </Layout>
  )
}

/** The links to withdraw the profile, and to everything that is kept. */
const WayOut = ({ token, t }: { token: string; t: Messages }) => (
  <>
    <p>
      <Link href={paths.ownProfile(token, 'retrait')}>{t.facilitator.own.withdraw}</Link>
    </p>
    <p>
      <Link href={paths.ownProfile(token, 'donnees')}>{t.facilitator.own.data}</Link>
    </p>
  </>
)

/** The directories that do not show the profile. */
const HiddenBy = ({
  hiddenBy = [],
  t,
}: Pick<OwnFacilitatorPageProps, 'hiddenBy'> & { t: Messages }) => (
  <>
    {hiddenBy.map(({ directory, reason }) => (
      <p class="notice">
        <UserText t={t}>
          {t.admin.home.answers.hidden(t.facilitator.own.yourProfile, directory, reason)}
        </UserText>
      </p>
    ))}
  </>
)

/** One directory: whether the profile is in it, with a button to change that. */
function Directory({
  host,
  isIn,
  action,
  t,
}: {
  host: string
  isIn: boolean
  action: string
  t: Messages
}) {
  const { own, consent } = t.facilitator
  return (
    <Form method="post" action={action} class="panel">
      <p>
        <strong>{isIn ? own.inDirectory(host) : own.notInDirectory(host)}</strong>
      </p>
      {!isIn && <p>{consent.directory(host)}</p>}
      <input type="hidden" name="host" value={host} />
      <p>
        <button type="submit" class="button quiet" name="answer" value={isIn ? 'no' : 'yes'}>
          {isIn ? own.leaveDirectory : own.joinDirectory(host)}
        </button>
      </p>
    </Form>
  )
}

/** Lists the consents. Fields with the same text share one entry. */
export function ConsentLog({ consents, t }: { consents: ShownConsent[]; t: Messages }) {
  const { own, consent, levels } = t.facilitator
  const groups = Map.groupBy(
    consents,
    ({ text, at, endedAt, level, isByHandedLink }) =>
      `${at} ${endedAt ?? ''} ${level} ${isByHandedLink} ${text}`,
  )
  return (
    <ul>
      {[...groups.values()].map((group) => {
        const [first] = group
        if (!first) return null
        const ended = first.endedAt ? `, ${own.logEnded(dayOf(first.endedAt, t.lang))}` : ''
        const handed = first.isByHandedLink ? `, ${own.logHanded}` : ''
        const fields = group
          .map(({ field, host }) => (field === 'directory' && host ? host : consent.fields[field]))
          .join(', ')
        return (
          <li>
            <strong>{own.logAt(dayOf(first.at, t.lang)) + handed + ended}</strong>
            {` (${levels[first.level]})\u00a0: ${fields}. `}
            <q lang={first.lang === t.lang ? undefined : first.lang}>{first.text}</q>
          </li>
        )
      })}
    </ul>
  )
}
