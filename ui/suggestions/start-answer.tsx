import type { FacilitatorTitle } from '../../node/domain/facilitators/facilitator.ts'
import type { StartAudience } from '../../node/domain/suggestions/start.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { distance } from '../../node/domain/values/number-text.ts'
import { type ListedCafe, placeOf } from '../cafes/card.tsx'
import type { OnlineSeries } from '../cafes/series/online-series.tsx'
import { dayAndHourText, withinSentenceText } from '../cafes/state.ts'
import { Drawn } from '../components/drawn.tsx'
import { CalendarIcon } from '../components/icons.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { CALENDAR_PAGE } from '../drawings/calendar-page.ts'
import { CONVERSATION } from '../drawings/conversation.ts'
import { INVITATION } from '../drawings/invitation.ts'
import { PLAYING_CARDS } from '../drawings/playing-cards.ts'
import { inTerritoryText } from '../locales/french-articles.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import type { ShownReferent } from '../referents/panel.tsx'
import type { CountedResource } from '../resources/list-page.tsx'
import { MeantPlaces, type StartValues, startHref } from './start-page.tsx'

/** Somebody who helps with a first café. Where there is nobody, the team of the directory does. */
export type StartHelper =
  | { kind: 'referent'; referent: ShownReferent }
  | {
      kind: 'facilitator'
      name: string
      word: FacilitatorTitle
      /** The last segment of the address of their page. */
      id: string
      distanceKm: number | undefined
    }

export type StartAnswer = {
  /** The label of the territory, such as `Vitré (35)`; undefined where everywhere is meant. */
  place: string | undefined
  audience: StartAudience
  /** The code of the territory. */
  territory: string | undefined
  /** The first is shown, the others are named. */
  helpers: readonly StartHelper[]
  /** The next café online: of the series that the directory holds itself, else anybody's. */
  online: (Pick<OnlineSeries, 'cafe' | 'href'> & { seriesHref?: string }) | undefined
  /** The next café at a place near. */
  near: ListedCafe | undefined
  /** What one leads it with; undefined where no resource is for these people. */
  resource: CountedResource | undefined
  /** A day some weeks ahead on which no café is announced near. */
  free: Temporal.PlainDate | undefined
}

export type StartAnswerPageProps = {
  site: Site
  values: StartValues
  answer: StartAnswer
  /** The other places that the text may mean. */
  choices: readonly NavLink[]
  mailWorks: boolean
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

/** Answers with a person, a programme that is ready, and a date. */
export function StartAnswerPage(props: StartAnswerPageProps) {
  const { site, values, answer, choices, signedIn } = props
  const t = messagesFor(site.lang)
  const texts = t.start
  const place = answer.place && inTerritoryText(answer.place)
  const title = texts.answerTitle(place, texts.audiences[answer.audience].for)
  return (
    <Layout title={title} site={site} current={paths.organise} signedIn={signedIn} noindex isSent>
      <p class="way-back">
        <Link href={paths.start}>{texts.again}</Link>
      </p>
      <h1>{sentenceCase(title)}</h1>
      <MeantPlaces choices={choices} t={t} />
      <ol class="pictured begin">
        <PersonCard {...props} t={t} />
        <ProgrammeCard answer={answer} t={t} />
        <DateCard answer={answer} t={t} />
      </ol>
      <section class="home-part is-yours" aria-labelledby="le-votre">
        <Drawn drawing={INVITATION} />
        <div>
          <h2 id="le-votre">{texts.ready}</h2>
          <p>
            {answer.free && `${texts.freeDay(longDate(answer.free, t.lang))} `}
            {texts.readyText}
          </p>
        </div>
        <Link class="button quiet" href={paths.suggest}>
          {texts.announce}
        </Link>
      </section>
      <p class="fine">
        {texts.sendIt} <Link href={startHref(values)}>{site.origin + startHref(values)}</Link>
      </p>
    </Layout>
  )
}

type PartProps = StartAnswerPageProps & { t: Messages }

function PersonCard({ answer, mailWorks, site, t }: PartProps) {
  const { person } = t.start
  const [first, second] = answer.helpers
  const write =
    mailWorks && answer.territory ? paths.writeToReferent(answer.territory) : paths.contact
  return (
    <li>
      <Drawn drawing={CONVERSATION} />
      <div>
        <p class="kicker">{person.kicker}</p>
        {first === undefined && (
          <>
            <h2>{person.team(site.name)}</h2>
            <p>{person.teamText}</p>
          </>
        )}
        {first?.kind === 'referent' && (
          <>
            <h2>{first.referent.name}</h2>
            <p>
              {sentenceCase(t.referent.role[first.referent.word])}
              {' · '}
              {first.referent.territory}
            </p>
            <p>{person.referentText}</p>
          </>
        )}
        {first?.kind === 'facilitator' && (
          <>
            <h2>{first.name}</h2>
            <p>{person.leads(kmText(first.distanceKm, t))}</p>
          </>
        )}
        {second?.kind === 'facilitator' && (
          <p class="fine">
            {person.orLed} <Link href={paths.facilitator(second.id)}>{second.name}</Link>
            {second.distanceKm !== undefined && `, ${kmText(second.distanceKm, t)}`}
          </p>
        )}
        <p class="do">
          <Link
            class="button"
            href={first?.kind === 'facilitator' ? paths.facilitator(first.id) : write}
          >
            {first === undefined
              ? person.writeTeam
              : person.write(first.kind === 'referent' ? first.referent.name : first.name)}
          </Link>
        </p>
      </div>
    </li>
  )
}

const kmText = (km: number | undefined, t: Messages): string =>
  km === undefined ? '' : distance(km, false, t.lang)

/** Shows the resource that suits these people; without one the programme of any first café. */
const ProgrammeCard = ({ answer: { audience, resource }, t }: AnswerProps) => {
  const { programme, audiences } = t.start
  return (
    <li>
      <Drawn drawing={PLAYING_CARDS} />
      <div>
        <p class="kicker">{programme.kicker(resource && t.resources.kinds[resource.kind])}</p>
        <h2>{resource ? <UserText t={t}>{resource.title}</UserText> : t.starter.programmeTitle}</h2>
        <p>{resource ? <UserText t={t}>{resource.summary}</UserText> : programme.text}</p>
        <p>{audiences[audience].advice}</p>
        <p class="fine">{resource ? factsOf(resource, t) : programme.facts}</p>
        <p class="do">
          {resource && (
            <Link class="button quiet" href={paths.resource(resource.slug)}>
              {programme.see}
            </Link>
          )}
          <Link class={resource ? undefined : 'button quiet'} href={paths.starterKit}>
            {programme.open}
          </Link>
          <Link href={paths.guide('organiser-un-cafe')}>{programme.guide}</Link>
        </p>
      </div>
    </li>
  )
}

const factsOf = (resource: CountedResource, t: Messages): string =>
  [
    resource.minutes === undefined ? '' : t.resources.minutes(resource.minutes),
    t.resources.group(resource.groupMin, resource.groupMax),
    resource.needsComputer ? '' : t.start.programme.noComputer,
    t.resources.used(resource.uses).toLowerCase(),
  ]
    .filter(Boolean)
    .join(' · ')

type AnswerProps = { answer: StartAnswer; t: Messages }

function DateCard({ answer: { online, near, territory }, t }: AnswerProps) {
  const { date } = t.start
  const shown = online ?? near
  return (
    <li>
      <Drawn drawing={CALENDAR_PAGE} />
      <div>
        <p class="kicker">{date.kicker}</p>
        {shown ? (
          <>
            <h2>{date.title}</h2>
            <p>
              <strong>{dayAndHourText(shown.cafe, t)}</strong>
              <br />
              <CafeLink {...shown} t={t} />
              {shown === near && `, ${whereText(near, t)}`}
            </p>
            {online && <p>{date.online}</p>}
            {online && near && (
              <p class="fine">
                {date.orNear} {withinSentenceText(near.cafe, t)}, <CafeLink {...near} t={t} />
                {`, ${whereText(near, t)}`}
              </p>
            )}
            <p class="do">
              <Link class="button quiet" href={paths.cafeCalendar(shown.cafe.id)}>
                <CalendarIcon /> {date.toCalendar}
              </Link>
            </p>
          </>
        ) : (
          <>
            <h2>{date.none}</h2>
            <p>{date.noneText}</p>
            <p class="do">
              <Link
                class="button quiet"
                href={territory ? `${paths.territory(territory)}#demande` : paths.followPage}
              >
                {date.beNotified}
              </Link>
            </p>
          </>
        )}
      </div>
    </li>
  )
}

const CafeLink = ({ cafe, href, t }: Pick<ListedCafe, 'cafe' | 'href'> & { t: Messages }) => (
  <Link href={href}>
    <UserText cafe={cafe} t={t}>
      {cafe.title}
    </UserText>
  </Link>
)

const whereText = ({ cafe, distanceKm, approximate }: ListedCafe, t: Messages): string =>
  [
    placeOf(cafe, t),
    distanceKm === undefined ? '' : distance(distanceKm, approximate ?? false, t.lang),
  ]
    .filter(Boolean)
    .join(', ')
