import type { HostedState, Suspension } from '../../node/domain/structures/hosted.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import { type FormState, InputField } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { HostedShare, type ShownShare, shareForm } from './hosted-share.tsx'

/** The value of `etat` in the address, for each state. */
export const HOSTED_STATE_NAMES: Record<HostedState, string> = {
  all: 'toutes',
  open: 'en-ligne',
  suspended: 'suspendues',
}

/** A hosted structure, with how many people work for it and how many cafés of it are to come. */
type ShownHosted = {
  id: string
  slug: string
  name: string
  commune: string | undefined
  createdAt: Temporal.Instant
  suspension: Suspension | undefined
  people: number
  toCome: number
}

export type HostedPageProps = AdminProps & {
  query: Omit<ListQuery<HostedState>, 'page'>
  counts: Record<HostedState, number>
  found: ListPage<ShownHosted>
  values: { name: string; slug: string }
  problems: readonly { name: 'name' | 'slug'; code: OpenProblem }[]
}

export type OpenProblem = 'nameMissing' | 'nameTooLong' | 'slugWrong' | 'slugTaken'

/** The structures that this site hosts, and the form that opens one. */
export function HostedStructuresPage(props: HostedPageProps) {
  const { site, query, counts, found } = props
  const t = messagesFor(site.lang)
  const texts = t.hosted
  const form = openForm(props, t)
  return (
    <AdminPage
      {...props}
      title={texts.title}
      lead={texts.lead}
      current={paths.hostedStructures}
      form={form}
    >
      <List
        path={paths.hostedStructures}
        states={{ names: HOSTED_STATE_NAMES, labels: texts.state, counts }}
        texts={{ ...texts }}
        columns={[
          [texts.col.name, (one) => <HostedName structure={one} t={t} />],
          [texts.col.state, (one) => <Standing structure={one} t={t} />],
          [texts.col.people, (one) => texts.people(one.people)],
          [texts.col.toCome, (one) => texts.toCome(one.toCome)],
          [
            texts.col.actions,
            (one) => (
              <Link class="button quiet small" href={paths.hostedStructure(one.id)}>
                {texts.see}
                <span class="unseen">{texts.of(one.name)}</span>
              </Link>
            ),
          ],
        ]}
        isCompact
        {...{ query, found, t }}
      />
      <PanelForm
        id="accueillir"
        heading={texts.open.heading}
        lead={texts.open.lead}
        action={paths.hostedStructures}
        csrf={props.session.csrf}
        submit={texts.open.submit}
      >
        <InputField form={form} name="name" required max={NAME_MAX} />
        <InputField form={form} name="slug" optional />
      </PanelForm>
    </AdminPage>
  )
}

/** The most characters of the name of a structure. */
export const NAME_MAX = 100

const openForm = ({ values, problems }: HostedPageProps, t: Messages): FormState => {
  const { open } = t.hosted
  return {
    values,
    messages: problems.map(({ name, code }) => ({ name, message: open[code] })),
    labels: { name: open.name, slug: open.slug },
    hints: { name: open.nameHint, slug: open.slugHint },
    t,
  }
}

type OneProps = {
  structure: Pick<ShownHosted, 'id' | 'name' | 'commune' | 'suspension'>
  t: Messages
}

const HostedName = ({ structure, t }: OneProps) => (
  <>
    <Link href={paths.hostedStructure(structure.id)}>{structure.name}</Link>
    <span class="line fine">
      {[structure.commune, structure.suspension && t.hosted.reasonSaid(structure.suspension.reason)]
        .filter(Boolean)
        .join('. ')}
    </span>
  </>
)

const Standing = ({ structure, t }: OneProps) =>
  structure.suspension ? (
    <span class="standing is-off">{t.hosted.suspended}</span>
  ) : (
    <span class="standing">{t.hosted.online}</span>
  )

export type HostedPageOfOneProps = AdminProps & {
  structure: ShownHosted
  handle: string
  share: ShownShare
}

/** One hosted structure, as the team of the site sees it. */
export function HostedStructurePage(props: HostedPageOfOneProps) {
  const { site, session, structure, handle, share } = props
  const t = messagesFor(site.lang)
  const { one, ...texts } = t.hosted
  const { suspension } = structure
  const form = shareForm(share, t)
  const day = (at: Temporal.Instant) =>
    longDate(at.toZonedDateTimeISO('Europe/Paris').toPlainDate(), t.lang)
  return (
    <AdminPage
      {...props}
      title={structure.name}
      lead={one.since(day(structure.createdAt))}
      current={paths.hostedStructures}
      back={{ href: paths.hostedStructures, label: texts.title }}
      form={form}
    >
      {suspension && <p class="notice">{one.isSuspended(day(suspension.at), suspension.reason)}</p>}
      <dl class="facts-list">
        <dt>{one.page}</dt>
        <dd>
          <Link href={paths.structure(structure.slug)}>
            {site.origin + paths.structure(structure.slug)}
          </Link>
        </dd>
        <dt>{one.handle}</dt>
        <dd>{handle}</dd>
        <dt>{one.use}</dt>
        <dd>
          {texts.people(structure.people)}, {texts.toCome(structure.toCome)}
        </dd>
      </dl>
      {structure.people === 0 && !suspension && (
        <section class="panel" aria-labelledby="inviter">
          <h2 id="inviter">{one.nobody}</h2>
          <p>{one.nobodyLead}</p>
          <WorkFor structure={structure} csrf={session.csrf} then="team" label={one.invite} />
        </section>
      )}
      <p>{one.workLead}</p>
      <div class="buttons hosted-acts">
        <WorkFor
          structure={structure}
          csrf={session.csrf}
          isQuiet={structure.people === 0 && !suspension}
          label={one.work}
        />
        {suspension ? (
          <PostForm csrf={session.csrf} action={paths.resumeStructure(structure.id)}>
            <button type="submit" class="button quiet">
              {one.resume}
            </button>
          </PostForm>
        ) : (
          <Link class="button quiet" href={paths.suspendStructure(structure.id)}>
            {one.suspend}
          </Link>
        )}
      </div>
      <HostedShare id={structure.id} {...{ share, form, t }} csrf={session.csrf} />
    </AdminPage>
  )
}

type WorkForProps = {
  structure: Pick<ShownHosted, 'id'>
  csrf: string
  /** The page to which it leads; the first one of the administration where it is left out. */
  then?: 'team'
  isQuiet?: boolean
  label: string
}

/** A button by which the team of the site works for a structure from then on. */
const WorkFor = ({ structure, csrf, then, isQuiet, label }: WorkForProps) => (
  <PostForm csrf={csrf} action={paths.chooseStructure}>
    <input type="hidden" name="structure" value={structure.id} />
    {then && <input type="hidden" name="then" value={then} />}
    <button type="submit" class={isQuiet ? 'button quiet' : 'button'}>
      {label}
    </button>
  </PostForm>
)
