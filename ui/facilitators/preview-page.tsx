import type { Facilitator, PublishingGap } from '../../node/domain/facilitators/facilitator.ts'
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
import { FacilitatorFacts, type ShownFacilitator, titleOf } from './profile-page.tsx'

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
    <Layout title={titleOf(texts.title, props.messages, t)} site={site} noindex narrow>
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
