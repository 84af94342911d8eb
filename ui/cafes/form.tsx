/**
 * The café form. POST `/administration/cafes/nouveau` or `/administration/cafes/{id}`: the fields of `cafe-fields.ts`, and
 * `csrf` · `form` (what makes two clicks one café) · `shown` (what the form showed, so that two people lose no words) ·
 * `save` = `publish` | `draft` · `venue.codeInsee` (only when several towns were offered) · `facilitators.shown` (where they
 * can be chosen) · `image.remove`.
 */

import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { SavedVenue } from '../../node/domain/cafes/venue.ts'
import type { Suggestion } from '../../node/domain/suggestions/suggestion.ts'
import type { CafeImage } from '../../node/domain/values/image.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import type { ShownEdit } from '../admin/edit-history-page.tsx'
import { HistoryLink } from '../admin/history-link.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Meanwhile } from '../admin/meanwhile.tsx'
import { type FormState, type FormValues, messagesOf, ShownInput } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { AskedPlace } from '../forms/asked-place.tsx'
import type { TownChoice } from '../forms/form-field.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type CafeAudience, MessagePreview, WhatWillHappen } from './audience.tsx'
import { Folds, Questions } from './form-fields.tsx'
import { Removal } from './online-page.tsx'
import { effectsOfSeason, type Season } from './series/several-dates.tsx'

export type CafeFormPageProps = AdminProps & {
  /** The values as they were typed; see the names above. */
  values: FormValues
  problems: Problem[]
  /** The towns to choose from, when several answer to `venue.town`. */
  towns?: readonly TownChoice[] | undefined
  /** The café as it is stored, when the form edits one. */
  current?:
    | (Pick<Cafe, 'id' | 'publication' | 'status'> & Partial<Pick<Cafe, 'series'>>)
    | undefined
  /** After a restore: whether a directory has another version of the café, or may have one. */
  otherVersion?: 'there' | 'asked' | undefined
  /** The deletion of the café that the form edited; its texts are then those of a new one. */
  deletion?: ShownEdit | undefined
  /** The picture that the form holds. */
  image?: CafeImage | undefined
  /** The venues to choose from. */
  venues?: readonly SavedVenue[] | undefined
  /** Whether a typed address may be added to these venues. */
  mayKeepVenue?: boolean | undefined
  /** Where this is false, the directory's team has to finish the settings before anything can be published. */
  isReady?: boolean | undefined
  /** The people to choose from: `facilitators`*, with `facilitators.shown`. */
  people?: readonly { id: string; name: string }[] | undefined
  /** What somebody suggested of which the café was made. */
  suggestion?: Suggestion | undefined
  /** Fields that were changed here, and their values in the calendar that the café comes from. */
  overridden?: readonly { label: string; fromSource: string }[] | undefined
  /** Who will be told of the café. */
  audience: CafeAudience
  /** Where several dates may be planned: those that are planned so far, and what saving them does. */
  season?: Season | undefined
}

/** Says that a directory has, or may have, a newer version of the café that is edited. */
const OtherVersion = ({
  is,
  session,
  t,
}: Pick<CafeFormPageProps, 'session'> & { is: 'there' | 'asked'; t: Messages }) => {
  const texts = t.restored.versions
  if (is === 'asked') return <p class="notice">{texts.ofAsking}</p>
  const { isAdministrator } = session
  return (
    <p class="notice">
      {texts.ofCafe(isAdministrator)}{' '}
      {isAdministrator && <Link href={paths.otherVersions}>{texts.see}</Link>}
    </p>
  )
}

/** Says who suggested the café, and leads to where it is refused as long as it is not published. */
const SuggestedBy = ({ email, current, t }: OtherwiseProps & { email: string }) => {
  const texts = t.suggestion.team
  return current.publication === 'published' ? (
    <p class="notice">
      <UserText t={t}>{texts.published(email)}</UserText>
    </p>
  ) : (
    <p class="notice">
      <UserText t={t}>{texts.waits(email)}</UserText>{' '}
      <Link href={paths.deleteCafe(current.id)}>{texts.refuse}</Link>
    </p>
  )
}

/** The fields before those of several dates: what is wrong is listed in the order of the labels. */
const BEFORE_DATES = { announcedFor: '', title: '', date: '', time: '' }

export function CafeFormPage(props: CafeFormPageProps) {
  const { site, session, values, problems, towns, current, image, venues, audience, season } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.cafeForm
  const forStructure = t.referentDashboard.announce
  const { hints } = texts
  const labels = { ...BEFORE_DATES, ...t.series.plan.labels, ...texts.labels }
  const messages = messagesOf(problems.map(withoutTypedTown), t, inputFor)
  const form: FormState = { values, messages, labels, hints, t }
  const { territory } = session
  const isForStructure = !current && territory !== undefined
  const newPath = isForStructure ? paths.announceFor(territory) : paths.newCafe
  const title = current ? texts.titleEdit : isForStructure ? forStructure.title : texts.titleNew
  const lead = isForStructure ? forStructure.lead : texts.lead
  const isPublished = current?.publication === 'published'
  return (
    <AdminPage
      title={title}
      form={form}
      lead={isPublished ? texts.leadEdit : lead}
      {...{ site, session }}
      current={newPath}
      narrow
    >
      {props.isReady === false && (
        <p class="notice">{t.refusals['referents.directory_not_ready']}</p>
      )}
      {current && props.suggestion && (
        <SuggestedBy email={props.suggestion.email} {...{ current, t }} />
      )}
      {current && props.suggestion?.typed && (
        <AskedPlace asked={props.suggestion.typed} cafeId={current.id} csrf={session.csrf} t={t} />
      )}
      {props.otherVersion && <OtherVersion is={props.otherVersion} {...{ session, t }} />}
      {season?.isAsked && <p class="notice">{t.series.plan.lookFirst}</p>}
      {props.deletion && (
        <Meanwhile words={t.admin.edits.deletedMeanwhile} edit={props.deletion} t={t} />
      )}
      <Overridden fields={props.overridden ?? []} t={t} />
      <PostForm
        csrf={session.csrf}
        action={current ? paths.editCafe(current.id) : newPath}
        enctype="multipart/form-data"
        class="stack"
        novalidate
        data-draft
      >
        {typeof values.form === 'string' && <input type="hidden" name="form" value={values.form} />}
        <ShownInput values={values} />
        <Questions
          form={form}
          towns={towns}
          venues={venues ?? []}
          mayKeep={props.mayKeepVenue ?? true}
          season={season}
        />
        <Folds
          form={form}
          image={image}
          people={props.people ?? []}
          isNew={current === undefined}
          isPublished={isPublished}
        />
        {season?.beginning && (
          <MessagePreview caption={t.audience.told} {...season.beginning} t={t} />
        )}
        <WhatWillHappen
          audience={audience}
          deed={isPublished ? 'change' : 'new'}
          mayMove={isPublished}
          season={season?.plan && effectsOfSeason({ ...season, plan: season.plan }, t)}
          t={t}
        />
        <p class="buttons">
          <button type="submit" name="save" value="publish" class="button">
            {isPublished ? texts.save : season?.plan ? t.series.plan.publish : texts.publish}
          </button>
          {!isPublished && (
            <button type="submit" name="save" value="draft" class="button quiet">
              {texts.draft}
            </button>
          )}
        </p>
      </PostForm>
      {current && <OfSeries series={current.series} origin={site.origin} t={t} />}
      {current && <Otherwise current={current} t={t} />}
      {current && <HistoryLink form={paths.editCafe(current.id)} t={t} />}
    </AdminPage>
  )
}

/** Leaves out the typed town: the towns to choose from are listed right below. */
const withoutTypedTown = (problem: Problem): Problem =>
  problem.code === 'ambiguous_place' ? { field: problem.field, code: problem.code } : problem

/** Returns the input that shows a problem of the domain; the form has fewer fields than the API. */
export function inputFor(field: string): string {
  const [group = '', part = ''] = field.split('.')
  if (field === 'startsAt') return 'date'
  if (field === 'endsAt' || field === 'durationMinutes') return 'endTime'
  if (field === 'venue') return 'venue.name'
  if (group === 'venue' && !['name', 'streetAddress', 'town'].includes(part)) return 'venue.town'
  if (field === 'registration') return 'registration.mode'
  if (field === 'image.url') return 'image'
  if (field === 'registrantsUrl') return 'onlineUrl'
  const [, nth, ofQuestion = ''] = /^registration\.questions\.(\d)\.?(\w*)/.exec(field) ?? []
  if (nth !== undefined)
    return `question${Number(nth) + 1}${ofQuestion === 'text' ? '' : `.${ofQuestion}`}`
  return ['venue', 'registration', 'image'].includes(group) ? field : group
}

/** Leads to the page of the series of which the café is a date. */
function OfSeries({ series = '', origin, t }: OfSeriesProps) {
  const [before, id] = series.split(paths.series(''))
  return before === origin && id ? (
    <p>
      <Link href={paths.adminSeries(id)}>{t.series.admin.ofCafe}</Link>
    </p>
  ) : null
}

type OfSeriesProps = { series: string | undefined; origin: string; t: Messages }

type OtherwiseProps = {
  current: Pick<Cafe, 'id' | 'publication' | 'status'>
  t: Messages
}

const Otherwise = ({ current, t }: OtherwiseProps) => {
  const texts = t.admin.cafeForm
  const canCancel = current.publication === 'published' && current.status !== 'cancelled'
  return (
    <section class="otherwise" aria-labelledby="sinon">
      <h2 id="sinon">{current.status === 'cancelled' ? texts.isCancelled : texts.otherwise}</h2>
      <div class="buttons">
        {current.status === 'cancelled' && (
          <Link class="button quiet" href={`${paths.cafeStatus(current.id)}?choix=as-planned`}>
            {texts.reinstateCafe}
          </Link>
        )}
        {canCancel && (
          <Link class="button quiet" href={paths.cancelCafe(current.id)}>
            {texts.cancelCafe}
          </Link>
        )}
        {current.publication === 'published' && (
          <Link class="button quiet" href={paths.cafeStatus(current.id)}>
            {t.cafeStatus.change.open}
          </Link>
        )}
      </div>
      <Removal cafe={current} t={t} />
    </section>
  )
}

type OverriddenProps = { fields: readonly { label: string; fromSource: string }[]; t: Messages }

/** Lists the fields that were changed here, with their values in the calendar. */
const Overridden = ({ fields, t }: OverriddenProps) => {
  const texts = t.admin.import.overridden
  return fields.length === 0 ? null : (
    <details class="panel">
      <summary>{texts.heading}</summary>
      <p>{texts.lead}</p>
      <dl>
        {fields.map(({ label, fromSource }) => (
          <>
            <dt>{label}</dt>
            <dd>{fromSource === '' ? texts.nothing : <UserText t={t}>{fromSource}</UserText>}</dd>
          </>
        ))}
      </dl>
    </details>
  )
}
