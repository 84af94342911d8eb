import type {
  Facilitator,
  FacilitatorField,
  Level,
  PublishingGap,
} from '../../node/domain/facilitators/facilitator.ts'
import { facilitatorPageId } from '../../node/domain/facilitators/facilitator-page.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import { CardTable } from '../components/card-table.tsx'
import {
  ErrorSummary,
  type FieldMessage,
  type FormState,
  SubmitButton,
} from '../components/fields.tsx'
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
import { FacilitatorFacts, type ShownFacilitator, titleOf } from './profile-page.tsx'

const dayOf = (at: Temporal.Instant, lang: Lang): string =>
  plainDate(at.toZonedDateTimeISO('Europe/Paris').toPlainDate(), lang)

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
  /** What was typed of another mandate. */
  claim: Pick<OwnMandatesProps, 'typed' | 'messages'>
  /** An address that waits for its mailbox. */
  nextEmail: string | undefined
  /** The link in use was mailed there. */
  mayConfirm: boolean
  /** How many more links open the page. */
  otherLinks: number
  mailWorks: boolean
}

/** Where a person's link leads: what is published of them, and everything that they can do about it. */
export function OwnFacilitatorPage(props: OwnFacilitatorPageProps) {
  const { site, token, facilitator, hasDraft, consents, hosts, done, nextEmail } = props
  const t = messagesFor(site.lang)
  const texts = t.facilitator.own
  const { state, expiresAt } = facilitator
  const isPublished = state === 'published'
  /** What is shown is what was last written. */
  const isCurrent = isPublished && !hasDraft
  const claim = { ...props.claim, t }
  return (
    <Layout title={titleOf(texts.title, claim.messages, t)} site={site} noindex>
      <div class="narrow">
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
        {isPublished && facilitator.level === 'public' && (
          <OwnMandates token={token} mandates={props.mandates} {...claim} />
        )}
        {isPublished && (
          <Form method="post" action={paths.ownProfile(token, 'masquer')}>
            <p>{texts.hideHint}</p>
            <SubmitButton quiet>{texts.hide}</SubmitButton>
          </Form>
        )}
        <p>
          <Link href={paths.ownProfile(token, 'retrait')}>{texts.withdraw}</Link>
        </p>
        <p>
          <Link href={paths.ownProfile(token, 'donnees')}>{texts.data}</Link>
        </p>
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
      </div>
    </Layout>
  )
}

/** One directory: whether the profile is in it, and the one click that changes it. */
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

/** The same words for several fields are said once. */
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

export type ConsentBlock = {
  name: 'page' | 'directory' | 'fediverse'
  /** Of the directory. */
  host?: string
  /** The very words that are logged. */
  text: string
  isRequired: boolean
  /** It is about what changes alone. */
  isChange?: boolean
}

/** POST on the same address: `page` and `fediverse`, each `1`; each `directory`, its host; `seen`: the words shown. */
export type FacilitatorPreviewPageProps = {
  site: Site
  token: string
  name: string
  word: Facilitator['word']
  /** Of their page. */
  address: { url: string; isChosen: boolean }
  /** The one that they give up by publishing this; whether they can be followed under it. */
  former: { url: string; isFollowed: boolean } | undefined
  /** The profile as each audience will see it: everybody, or structures, or both where they differ. */
  views: { audience: 'public' | 'network'; shown: ShownFacilitator }[]
  blocks: ConsentBlock[]
  /** Names of blocks, and hosts of directories. */
  ticked: readonly string[]
  /** Where the profile is now, by an agreement that this one replaces. */
  agreed: readonly string[]
  gaps: readonly PublishingGap[]
  isPublished: boolean
  /** Of the words and of what is shown: what was agreed to must be what is published. */
  seen: string
  messages: FieldMessage[]
}

export function FacilitatorPreviewPage(props: FacilitatorPreviewPageProps) {
  const { site, token, views, blocks, gaps } = props
  const t = messagesFor(site.lang)
  const texts = t.facilitator.preview
  const form: FormState = {
    values: {},
    messages: props.messages,
    labels: { page: texts.where.page },
    hints: {},
    t,
  }
  return (
    <Layout title={titleOf(texts.title, props.messages, t)} site={site} noindex>
      <div class="narrow">
        <ErrorSummary form={form} />
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead}</p>
        {views.length === 0 && <p class="notice">{texts.seenByNobody}</p>}
        {views.map(({ audience, shown }) => (
          <section class="panel" aria-labelledby={`vu-${audience}`}>
            <h2 id={`vu-${audience}`}>{texts.seenBy[audience]}</h2>
            <p class="eyebrow">{t.facilitator.word[props.word]}</p>
            <h3>
              <UserText t={t}>{props.name}</UserText>
            </h3>
            <FacilitatorFacts {...shown} t={t} />
          </section>
        ))}
        {views.length > 0 && (
          <p class="fine">
            {(props.address.isChosen ? texts.addressChosen : texts.address)(props.address.url)}
          </p>
        )}
        {props.former && (
          <p class="notice">
            {texts.addressFormer(props.former.url)}
            {props.former.isFollowed && ` ${texts.addressFollowed}`}
          </p>
        )}
        <p>
          <Link href={paths.ownProfile(token, 'profil')}>{texts.edit}</Link>
        </p>
        {gaps.length > 0 ? (
          <section class="panel" aria-labelledby="avant">
            <h2 id="avant">{texts.gapsTitle}</h2>
            {gaps.map((gap) => (
              <p>{texts.gaps[gap]}</p>
            ))}
          </section>
        ) : (
          <Form method="post" action={paths.ownProfile(token, 'apercu')} novalidate>
            <h2>{texts.consents}</h2>
            {blocks.length === 0 && <p>{texts.nothingToAgree}</p>}
            {blocks.map((block) => (
              <Consent
                block={block}
                form={form}
                isTicked={props.ticked.includes(block.host ?? block.name)}
                isAgreed={props.agreed.includes(block.host ?? block.name)}
                t={t}
              />
            ))}
            <input type="hidden" name="seen" value={props.seen} />
            <SubmitButton>{props.isPublished ? texts.update : texts.submit}</SubmitButton>
          </Form>
        )}
      </div>
    </Layout>
  )
}

type ConsentProps = {
  block: ConsentBlock
  form: FormState
  isTicked: boolean
  isAgreed: boolean
  t: Messages
}

const named = (
  texts: Messages['facilitator']['preview']['where'],
  { name, host, isChange }: ConsentBlock,
) => {
  if (isChange) return texts.changes
  return name === 'directory' ? texts.directory(host ?? '') : texts[name]
}

function Consent({ block, form, isTicked, isAgreed, t }: ConsentProps) {
  const texts = t.facilitator.preview
  const { name, host, text, isRequired } = block
  const id = host === undefined ? name : `${name}-${host.replaceAll(/[^a-z0-9]/g, '-')}`
  const message = form.messages.find((each) => each.name === name)?.message
  return (
    <fieldset class="choice-group consent">
      <legend>{named(texts.where, block)}</legend>
      <p id={`${id}-texte`}>{text}</p>
      {!isRequired && <p class="fine">{isAgreed ? texts.again : texts.optional}</p>}
      <label class="choice">
        <input
          id={id}
          type="checkbox"
          name={name}
          value={host ?? '1'}
          checked={isTicked}
          aria-describedby={`${id}-texte${message ? ` ${id}-erreur` : ''}`}
          aria-invalid={message ? 'true' : undefined}
        />
        <span>{named(texts.agree, block)}</span>
      </label>
      {message && (
        <p class="error" id={`${id}-erreur`}>
          {message}
        </p>
      )}
    </fieldset>
  )
}

/** POST on the same address. */
export function WithdrawPage({ site, token }: { site: Site; token: string }) {
  const texts = messagesFor(site.lang).facilitator.withdraw
  return (
    <Layout title={texts.title} site={site} noindex>
      <div class="narrow">
        <h1>{texts.title}</h1>
        <ul>
          {texts.effects.split('\n').map((effect) => (
            <li>{effect}</li>
          ))}
        </ul>
        <Form method="post" action={paths.ownProfile(token, 'retrait')}>
          <p class="buttons">
            <button type="submit" class="button danger">
              {texts.submit}
            </button>
            <Link href={paths.ownProfile(token)}>{texts.cancel}</Link>
          </p>
        </Form>
      </div>
    </Layout>
  )
}

export type WithdrawalPageProps = {
  site: Site
  /** Where the profile had gone; undefined when it was never published. */
  servers:
    | {
        host: string
        state: 'waiting' | 'delivered' | 'confirmed' | 'unanswered' | 'refused'
        at: Temporal.Instant
      }[]
    | undefined
}

/** The report of a withdrawal: nothing of the profile is on it. */
export function WithdrawalPage({ site, servers }: WithdrawalPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.facilitator.withdraw
  return (
    <Layout title={texts.doneTitle} site={site} noindex>
      <div class="narrow">
        <h1>{texts.doneTitle}</h1>
        <p class="lead" role="status">
          {texts.done}
        </p>
        {servers === undefined && <p>{texts.never}</p>}
        {servers && (
          <>
            <h2>{texts.servers}</h2>
            <p>{servers.length === 0 ? texts.noServer : texts.serversLead}</p>
          </>
        )}
        {servers && servers.length > 0 && (
          <CardTable
            rows={servers}
            columns={[
              [texts.col.host, ({ host }) => host],
              [texts.col.state, ({ state }) => texts.states[state]],
              [texts.col.at, ({ at }) => dayOf(at, t.lang)],
            ]}
          />
        )}
      </div>
    </Layout>
  )
}
