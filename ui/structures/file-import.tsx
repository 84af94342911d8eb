import type { Child } from 'hono/jsx'
/**
 * A file of the « lieux de médiation numérique » that fills in the form of the place or of an address. POST on the same
 * address: `csrf` · `file` · `pasted` · `search` · `chosen` (one place of the file, as the page offered it) ·
 * `premiers-pas` (when it is a step of the first run).
 */

import type { WrongPlaces } from '../../node/domain/structures/mediation-place.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { type FormState, type FormValues, InputField, TextArea } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The form that the file fills in. */
type FileTarget = 'place' | 'venue'

export type WrongFile =
  | { field: 'file'; reason: WrongPlaces | 'empty' | 'without-content' | 'too-large' }
  | { field: 'search'; reason: 'none' }
  | { field: 'search'; reason: 'many'; count: number }

type Common = AdminProps & {
  target: FileTarget
  isOnboardingStep?: boolean | undefined
}

const ADDRESSES: Record<FileTarget, { action: string; back: string }> = {
  place: { action: paths.placeFile, back: paths.place },
  venue: { action: paths.venueFile, back: paths.newVenue },
}

export function StructureFilePage(
  props: Common & { values: FormValues; wrong?: WrongFile | undefined },
) {
  const { site, session, target, isOnboardingStep, values, wrong } = props
  const t = messagesFor(site.lang)
  const texts = t.profile.prefill
  const { labels, hints } = t.profile
  const messages = wrong ? [{ name: wrong.field, message: messageOf(wrong, t) }] : []
  const form: FormState = { values, messages, labels, hints, t }
  const title = target === 'place' ? texts.title : texts.titleVenue
  return (
    <AdminPage
      {...{ title, form, site, session }}
      lead={texts.lead}
      current={target === 'place' ? paths.place : paths.venues}
      narrow
    >
      <p>{texts.nothingYet}</p>
      <FileForm session={session} target={target} isOnboardingStep={isOnboardingStep}>
        <InputField form={form} name="file" type="file" accept={ACCEPT} />
        <TextArea form={form} name="pasted" rows={4} optional />
        <InputField form={form} name="search" optional />
        <p class="buttons">
          <button type="submit" class="button">
            {texts.submit}
          </button>
          <Link href={ADDRESSES[target].back}>{t.admin.form.cancel}</Link>
        </p>
      </FileForm>
    </AdminPage>
  )
}

const ACCEPT = '.csv,.json,.txt,text/csv,application/json'

function messageOf(wrong: WrongFile, t: Messages): string {
  const { wrongFile } = t.profile
  return wrong.reason === 'many' ? wrongFile.many(wrong.count) : wrongFile[wrong.reason]
}

export type OfferedPlace = {
  /** The place of the file, as text to be sent back. */
  value: string
  name: string
  where: string
}

export function ChoosePlacePage(
  props: Common & { places: readonly OfferedPlace[]; isUnchosen?: boolean | undefined },
) {
  const { site, session, target, isOnboardingStep, places } = props
  const t = messagesFor(site.lang)
  const texts = t.profile.prefill
  return (
    <AdminPage
      title={texts.chooseTitle}
      lead={texts.found(places.length)}
      {...{ site, session }}
      current={target === 'place' ? paths.place : paths.venues}
      narrow
    >
      <FileForm session={session} target={target} isOnboardingStep={isOnboardingStep}>
        <fieldset class="choice-group">
          <legend class="unseen">{texts.chooseTitle}</legend>
          {places.map(({ value, name, where }, at) => (
            <label class="choice">
              <input type="radio" name="chosen" value={value} checked={at === 0} />
              <span>
                <strong>{name}</strong>
                <span class="line">{where || texts.unknownPlace}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <p class="buttons">
          <button type="submit" class="button">
            {texts.choose}
          </button>
          <Link href={ADDRESSES[target].action}>{texts.again}</Link>
        </p>
      </FileForm>
    </AdminPage>
  )
}

type FileFormProps = Pick<Common, 'session' | 'target' | 'isOnboardingStep'> & {
  children?: Child
}

const FileForm = ({ session, target, isOnboardingStep, children }: FileFormProps) => (
  <PostForm
    csrf={session.csrf}
    action={ADDRESSES[target].action}
    enctype="multipart/form-data"
    class="stack"
    novalidate
  >
    {isOnboardingStep && <input type="hidden" name="premiers-pas" value="oui" />}
    {children}
  </PostForm>
)
