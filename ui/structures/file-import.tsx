/**
 * A file of the « lieux de médiation numérique » that fills in the form of the place or of an address. POST on the same
 * address: `csrf` · `file` · `pasted` · `search` · `chosen` (one place of the file, as the page offered it) ·
 * `premiers-pas` (when it is a step of the first run).
 */
import type { WrongPlaces } from '../../node/domain/structures/mediation-place.ts'
import { DeskLayout } from '../admin/layout.tsx'
import {
  CsrfInput,
  ErrorSummary,
  type FormState,
  type FormValues,
  InputField,
  TextArea,
} from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** What the file fills in. */
type FileTarget = 'place' | 'venue'

export type WrongFile =
  | { field: 'file'; reason: WrongPlaces | 'empty' }
  | { field: 'search'; reason: 'none' }
  | { field: 'search'; reason: 'many'; count: number }

type Common = {
  site: Site
  session: DeskSession
  target: FileTarget
  isFirstStep?: boolean | undefined
}

const ADDRESSES: Record<FileTarget, { action: string; back: string }> = {
  place: { action: paths.placeFile, back: paths.place },
  venue: { action: paths.venueFile, back: paths.newVenue },
}

export function PlaceFilePage(
  props: Common & { values: FormValues; wrong?: WrongFile | undefined },
) {
  const { site, session, target, isFirstStep, values, wrong } = props
  const t = stringsFor(site.lang)
  const words = t.profile.prefill
  const { labels, hints } = t.profile
  const messages = wrong ? [{ name: wrong.field, message: messageOf(wrong, t) }] : []
  const form: FormState = { values, messages, labels, hints, t }
  const title = target === 'place' ? words.title : words.titleVenue
  return (
    <DeskLayout
      title={(wrong ? t.desk.form.error : '') + title}
      site={site}
      session={session}
      current={target === 'place' ? paths.place : paths.venues}
    >
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{words.lead}</p>
        <p>{words.nothingYet}</p>
        <ErrorSummary form={form} />
        <FileForm session={session} target={target} isFirstStep={isFirstStep}>
          <InputField form={form} name="file" type="file" accept={ACCEPT} />
          <TextArea form={form} name="pasted" rows={4} optional />
          <InputField form={form} name="search" optional />
          <p class="buttons">
            <button type="submit" class="button">
              {words.submit}
            </button>
            <a href={ADDRESSES[target].back}>{t.desk.form.cancel}</a>
          </p>
        </FileForm>
      </div>
    </DeskLayout>
  )
}

const ACCEPT = '.csv,.json,.txt,text/csv,application/json'

function messageOf(wrong: WrongFile, t: Strings): string {
  const { wrongFile } = t.profile
  return wrong.reason === 'many' ? wrongFile.many(wrong.count) : wrongFile[wrong.reason]
}

export type OfferedPlace = {
  /** The place itself, to be sent back. */
  value: string
  name: string
  where: string
}

export function ChoosePlacePage(
  props: Common & { places: readonly OfferedPlace[]; isUnchosen?: boolean | undefined },
) {
  const { site, session, target, isFirstStep, places } = props
  const t = stringsFor(site.lang)
  const words = t.profile.prefill
  return (
    <DeskLayout
      title={words.chooseTitle}
      site={site}
      session={session}
      current={target === 'place' ? paths.place : paths.venues}
    >
      <div class="narrow">
        <h1>{words.chooseTitle}</h1>
        <p class="lead">{words.found(places.length)}</p>
        <FileForm session={session} target={target} isFirstStep={isFirstStep}>
          <fieldset class="choice-group">
            <legend class="unseen">{words.chooseTitle}</legend>
            {places.map(({ value, name, where }, at) => (
              <label class="choice">
                <input type="radio" name="chosen" value={value} checked={at === 0} />
                <span>
                  <strong>{name}</strong>
                  <span class="line">{where || words.unknownPlace}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <p class="buttons">
            <button type="submit" class="button">
              {words.choose}
            </button>
            <a href={ADDRESSES[target].action}>{words.again}</a>
          </p>
        </FileForm>
      </div>
    </DeskLayout>
  )
}

type FileFormProps = Pick<Common, 'session' | 'target' | 'isFirstStep'> & { children?: unknown }

const FileForm = ({ session, target, isFirstStep, children }: FileFormProps) => (
  <form
    method="post"
    action={ADDRESSES[target].action}
    enctype="multipart/form-data"
    class="stack"
    novalidate
  >
    <CsrfInput csrf={session.csrf} />
    {isFirstStep && <input type="hidden" name="premiers-pas" value="oui" />}
    {children}
  </form>
)
