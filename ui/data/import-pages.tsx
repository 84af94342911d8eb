import type { Child } from 'hono/jsx'
import type { Lang } from '../../node/domain/values/lang.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import {
  Choices,
  type FieldMessage,
  type FormState,
  InputField,
  SubmitButton,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type CalendarLine, FollowedCalendars } from './followed-calendars.tsx'
import { type ImportLine, Lines, ROW_CHOICES } from './import-rows.tsx'

/** POST `/administration/import` as multipart: `csrf`, `file`, `url`. */
export type ImportPageProps = AdminProps & {
  url?: string | undefined
  calendars: CalendarLine[]
  now: Temporal.Instant
  /** What could not be read, in words, by `file` or `url`. */
  messages: FieldMessage[]
}

export function ImportPage(props: ImportPageProps) {
  const { site, session, url, messages, calendars, now } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.import
  const form: FormState = {
    values: { url: url ?? '' },
    messages,
    labels: { file: texts.file, url: texts.url },
    hints: { file: texts.fileHint, url: texts.urlHint },
    t,
  }
  return (
    <AdminPage
      title={texts.title}
      form={form}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.import}
      flash={props.flash}
      narrow
    >
      <PostForm
        csrf={session.csrf}
        action={paths.import}
        enctype="multipart/form-data"
        class="stack"
        novalidate
      >
        <InputField
          form={form}
          name="file"
          type="file"
          accept=".ics,.csv,.json,.ndjson,text/calendar,text/csv,application/json"
        />
        <p class="or">{texts.or}</p>
        <InputField form={form} name="url" type="url" />
        <SubmitButton>{texts.submit}</SubmitButton>
      </PostForm>
      <details>
        <summary>{texts.csvHelp}</summary>
        <p>{texts.csvColumns}</p>
      </details>
      <details>
        <summary>{texts.agendaHelp}</summary>
        <p>{texts.agendaAddress}</p>
      </details>
      <FollowedCalendars {...{ calendars, csrf: session.csrf, now, t }} />
    </AdminPage>
  )
}

/**
 * POST `/administration/import/confirmer`: `csrf` and the `hidden` fields as they are, `offered` and `keep`* of the rows,
 * `publication`, perhaps `keepVenues` and `follow`; `choose` (`all` or `none`) shows the page once more.
 */
export type ImportPreviewPageProps = AdminProps & {
  lines: ImportLine[]
  /** The same rows, each rendered by `ImportRow`. */
  rows: (lang: Lang) => Child
  /** What was not understood, without preventing the import. */
  warnings: string[]
  /** The hidden fields by which the confirmation finds the same file again. */
  hidden: { readonly [name: string]: string }
  choices: PreviewChoices
}

type PreviewChoices = {
  /** Whether each row has a choice of its own; there may be too many. */
  isByRow: boolean
  publication: 'published' | 'draft'
  /** The venues of the new cafés, and whether the box to keep them is ticked. */
  places: readonly string[]
  keepsVenues: boolean
  /** Minutes between two readings of a calendar that can be followed; undefined for a file. */
  everyMinutes: number | undefined
  isFollowed: boolean
  /** How many days ahead the dates of a series without an end are read; undefined without a series. */
  horizonDays: number | undefined
}

export function ImportPreviewPage(props: ImportPreviewPageProps) {
  const { site, session, lines, rows, warnings, hidden, choices } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.import
  const count = countOf(lines, 'created', 'drafted', 'updated', 'cancelled')
  const { isByRow, everyMinutes, horizonDays } = choices
  const table = lines.length > 0 && (
    <Lines t={t} hasBoxes={count > 0 && isByRow}>
      {rows(site.lang)}
    </Lines>
  )
  return (
    <AdminPage title={texts.previewTitle} {...{ site, session }} current={paths.import}>
      <Counts lines={lines} t={t} />
      {warnings.map((warning) => (
        <p class="notice">{warning}</p>
      ))}
      {horizonDays !== undefined && (
        <p>
          {texts.horizon(horizonDays)} {everyMinutes !== undefined && texts.horizonFollowed}
        </p>
      )}
      {count > 0 || everyMinutes !== undefined ? (
        <PostForm
          csrf={session.csrf}
          action={paths.confirmImport}
          enctype="multipart/form-data"
          class="stack"
        >
          {Object.entries(hidden).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {count === 0 && <p>{texts.onlyFollow}</p>}
          <ChoiceFields choices={choices} t={t} />
          {countOf(lines, 'drafted') > 0 && <p>{texts.drafts}</p>}
          {count > 0 && !isByRow && <p>{texts.tooManyToChoose}</p>}
          <p class="buttons">
            <button type="submit" class="button">
              {count === 0
                ? texts.startFollowing
                : isByRow
                  ? texts.confirmChosen
                  : texts.confirm(count)}
            </button>
            <Link href={paths.import}>{texts.again}</Link>
          </p>
          {count > 1 && isByRow && (
            <p class="buttons">
              {ROW_CHOICES.map((choice) => (
                <button type="submit" name="choose" value={choice} class="button quiet small">
                  {texts.chooseAll[choice]}
                </button>
              ))}
            </p>
          )}
          {table}
        </PostForm>
      ) : (
        <>
          <p>
            <strong>{texts.nothing}</strong> <Link href={paths.import}>{texts.again}</Link>
          </p>
          {table}
        </>
      )}
    </AdminPage>
  )
}

/** How many of the venues to keep are named; the table has them all. */
const NAMED_PLACES = 3

function ChoiceFields({ choices, t }: { choices: PreviewChoices; t: Messages }) {
  const texts = t.admin.import
  const { everyMinutes, publication, places, isFollowed } = choices
  const form: FormState = {
    values: { publication, follow: isFollowed ? ['1'] : [] },
    messages: [],
    labels: { publication: choices.isByRow ? texts.publicationLater : texts.publication },
    hints: {},
    t,
  }
  const every = everyMinutes === 60 ? texts.everyHour : texts.everyMinutes(everyMinutes ?? 0)
  return (
    <>
      {(!choices.isByRow || everyMinutes !== undefined) && (
        <Choices
          form={form}
          name="publication"
          type="radio"
          choices={[
            ['published', texts.publish],
            ['draft', texts.draft],
          ]}
        />
      )}
      {places.length > 0 && (
        <label class="choice">
          <input type="checkbox" name="keepVenues" value="1" checked={choices.keepsVenues} />
          <span>
            {texts.keepVenues(places.length)}
            <small class="line">
              <UserText t={t}>{places.slice(0, NAMED_PLACES).join(' · ')}</UserText>
              {places.length > NAMED_PLACES && texts.morePlaces(places.length - NAMED_PLACES)}
            </small>
          </span>
        </label>
      )}
      {everyMinutes !== undefined && (
        <label class="choice">
          <input type="checkbox" name="follow" value="1" checked={isFollowed} />
          <span>
            {texts.follow}
            <small class="line">{texts.followHint(every)}</small>
          </span>
        </label>
      )}
    </>
  )
}

export type ImportDonePageProps = Pick<
  ImportPreviewPageProps,
  'site' | 'session' | 'lines' | 'rows'
> & { isFollowed: boolean }

export function ImportDonePage(props: ImportDonePageProps) {
  const { site, session, lines, rows, isFollowed } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.import
  return (
    <AdminPage title={texts.doneTitle} {...{ site, session }} current={paths.import}>
      <Counts lines={lines} t={t} />
      {isFollowed && (
        <p>
          {texts.nowFollowed} <Link href={`${paths.import}#agendas`}>{texts.seeFollowed}</Link>
        </p>
      )}
      <p>
        <Link class="button" href={paths.admin}>
          {texts.seeCafes}
        </Link>
      </p>
      {lines.length > 0 && <Lines t={t}>{rows(site.lang)}</Lines>}
    </AdminPage>
  )
}

const countOf = (lines: ImportLine[], ...outcomes: ImportLine['outcome'][]): number =>
  lines.filter(({ outcome }) => outcomes.includes(outcome)).length

function Counts({ lines, t }: { lines: ImportLine[]; t: Messages }) {
  const texts = t.admin.import
  const failed = countOf(lines, 'failed')
  const past = countOf(lines, 'past')
  const aside = countOf(lines, 'aside')
  return (
    <>
      <p class="lead">
        {texts.counts(
          countOf(lines, 'created', 'drafted'),
          countOf(lines, 'updated', 'cancelled'),
          countOf(lines, 'unchanged'),
        )}
      </p>
      {past > 0 && <p>{texts.past(past)}</p>}
      {aside > 0 && <p>{texts.aside(aside)}</p>}
      {failed > 0 && (
        <div class="notice">
          <p>
            <strong>{texts.wrong(failed)}</strong>
          </p>
          <p>{texts.wrongHint}</p>
        </div>
      )}
    </>
  )
}
