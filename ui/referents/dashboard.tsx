import { plainDate } from '../../node/domain/values/date-text.ts'
import { OtherWorkspaces } from '../admin/other-workspaces.tsx'
import { SubmitButton } from '../components/fields.tsx'
import { Flash, flashTitle } from '../components/flash.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import {
  CafeActs,
  Duplicates,
  Folded,
  idOfReason,
  Joining,
  Recommend,
  wrongReason,
} from './dashboard-acts.tsx'
import { ReferentDashboardLayout } from './dashboard-layout.tsx'
import {
  Announced,
  RequestList,
  Structures,
  Suggested,
  UnreachableSites,
} from './dashboard-lists.tsx'
import type { ReferentDashboardPageProps } from './dashboard-props.ts'
import { TerritoryReports } from './dashboard-reports.tsx'

/** The first page of a territory's administration: what waits, then what is there. */
export function ReferentDashboardPage(props: ReferentDashboardPageProps) {
  const { site, session, until, others, wrong, isDone } = props
  const t = messagesFor(site.lang)
  const texts = t.referentDashboard
  const { code, label } = session.territory
  const title = texts.title(label)
  const done = isDone ? (props.flash ? t.admin.flash[props.flash] : texts.done) : undefined
  const nothing = ![
    props.suggested,
    props.joining,
    props.duplicates,
    props.hidden,
    props.silent,
  ].some((list) => list.length > 0)
  return (
    <ReferentDashboardLayout
      title={wrong ? t.admin.form.error + title : flashTitle(done, title)}
      {...{ site, session }}
      current={paths.referentDashboardOf(code)}
    >
      {wrong && (
        <div class="errors" role="alert">
          <p>
            <Link href={`#${idOfReason(wrong.form)}`}>{wrongReason(wrong, t)}</Link>
          </p>
        </div>
      )}
      {done !== undefined && <Flash>{done}</Flash>}
      <h1>{title}</h1>
      <p class="lead">{texts.lead(plainDate(until, t.lang))}</p>
      {others.length > 0 && (
        <nav aria-label={texts.switch}>
          <ul>
            {others.map(({ href, label }) => (
              <li>
                <Link href={href}>{label}</Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <OtherWorkspaces workspaces={props.workspaces} t={t} />
      <h2>{texts.waits}</h2>
      {nothing && <p>{texts.nothing}</p>}
      <Suggested {...props} t={t} />
      <Joining {...props} t={t} />
      <Recommend {...props} t={t} />
      <Duplicates {...props} t={t} />
      <CafeActs
        {...props}
        heading={texts.hidden}
        lead={texts.hiddenLead}
        cafes={props.hidden}
        decision="montrer"
        t={t}
      />
      <UnreachableSites {...props} t={t} />
      <RequestList {...props} t={t} />
      <Announced {...props} t={t} />
      <h2>{texts.cafes}</h2>
      {props.cafes.length === 0 && <p>{texts.noCafe}</p>}
      <CafeActs {...props} cafes={props.cafes} decision="cacher" t={t} />
      {props.toCome > props.cafes.length && <p>{texts.more(props.toCome - props.cafes.length)}</p>}
      <p>{texts.past(props.past)}</p>
      <TerritoryReports {...props} t={t} />
      <Structures {...props} t={t} />
      <h2>{texts.people}</h2>
      {props.people.length === 0 && <p>{texts.noPerson}</p>}
      <ul>
        {props.people.map(({ name, href }) => (
          <li>
            <Link href={href}>{name}</Link>
          </li>
        ))}
      </ul>
      {props.peopleTotal > props.people.length && (
        <p>{texts.more(props.peopleTotal - props.people.length)}</p>
      )}
      <p>
        <Link href={paths.territory(code)}>{texts.all}</Link>
      </p>
      <h2 id="arreter">{texts.resign}</h2>
      <p>{texts.resignLead}</p>
      <Folded isFolded label={texts.resign} about="">
        <PostForm csrf={session.csrf} action={paths.territoryAct(code, 'arreter')}>
          <SubmitButton danger>{texts.resignSubmit}</SubmitButton>
        </PostForm>
      </Folded>
    </ReferentDashboardLayout>
  )
}
