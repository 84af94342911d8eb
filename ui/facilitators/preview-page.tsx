import type { LedCafes, PublishingGap } from '../../node/domain/facilitators/facilitator.ts'
import {
  ErrorSummary,
  type FieldMessage,
  type FormState,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { FacilitatorProfile, type ShownFacilitator } from './shown-profile.tsx'

export type ConsentBlock = {
  name: 'page' | 'directory' | 'fediverse'
  /** The host of the directory. */
  host?: string
  /** The exact text that is logged. */
  text: string
  isRequired: boolean
  /** Whether the consent is only about what changes. */
  isChange?: boolean
}

/** POST on the same address: `page` and `fediverse`, each `1`; each `directory`, its host; `seen`: the words shown. */
export type FacilitatorPreviewPageProps = {
  site: Site
  token: string
  name: string
  /** The address of the profile's page. */
  address: { url: string; isChosen: boolean }
  /** The page's present address, which publishing replaces, and whether it has followers on the fediverse. */
  former: { url: string; isFollowed: boolean } | undefined
  /** The profile as each audience will see it: the public, structures, or both where they differ. */
  views: { audience: 'public' | 'network'; shown: ShownFacilitator }[]
  /** The cafés that the person led until now, whose number is on their page. */
  led: LedCafes | undefined
  blocks: ConsentBlock[]
  /** The names of blocks and the hosts of directories that are ticked. */
  ticked: readonly string[]
  /** Where the profile is published now, by a consent that this one replaces. */
  agreed: readonly string[]
  gaps: readonly PublishingGap[]
  isPublished: boolean
  /**
   * A hash of the consent text and of the profile shown, by which the server checks that what is published is what the
   * person agreed to.
   */
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
    <Layout
      title={titleOfForm({ messages: props.messages, t }, texts.title)}
      site={site}
      noindex
      narrow
    >
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {views.length === 0 && <p class="notice">{texts.seenByNobody}</p>}
      {views.map(({ audience, shown }) => (
        <section class="panel" aria-labelledby={`vu-${audience}`}>
          <h2 id={`vu-${audience}`}>{texts.seenBy[audience]}</h2>
          <FacilitatorProfile
            {...shown}
            led={props.led}
            heading={
              <h3>
                <UserText t={t}>{props.name}</UserText>
              </h3>
            }
            t={t}
          />
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
