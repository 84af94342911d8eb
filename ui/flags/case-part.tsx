import {
  type Appeal,
  type Flag,
  type FlagCase,
  type Flagged,
  type Outcome,
  outcomesOf,
} from '../../node/domain/flags/flag.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { Meanwhile, VERSION } from '../admin/meanwhile.tsx'
import { UnsavedTexts } from '../admin/unsaved-texts.tsx'
import {
  Choices,
  type FieldMessage,
  type FormState,
  SubmitButton,
  TextArea,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'

/** The maximum number of characters of what everybody reads of a decision, as of the reason of a `Reject`. */
export const ANSWER_MAX = 500

/** What a case shows to whoever decides about it. */
export type CasePartProps = {
  flagCase: FlagCase
  /** What it is about, as it is now; undefined where it is gone. */
  flagged: Flagged | undefined
  /** The words of the thing itself, cut. */
  text: string
  flags: readonly Flag[]
  appeals: readonly Appeal[]
  /** What is known of its site, where that is another. */
  place:
    | { name: string; since: Temporal.Instant | undefined; cafes: number; hidden: number }
    | undefined
  /** Whether this person may decide: not about an appeal against their own decision, where there are others. */
  mayDecide: boolean
  /** The address to which the decision is posted. */
  action: string
  csrf: string
  values: { outcome: string; answer: string }
  messages: FieldMessage[]
  isStale?: boolean | undefined
  /** Whether a referent may leave it to the team. */
  mayLeave?: boolean | undefined
}

/** Returns what the list and the page of a case call the thing. */
export const nameOfCase = (
  { kind, name }: Pick<FlagCase, 'kind' | 'name'>,
  flagged: Pick<Flagged, 'name'> | undefined,
  t: Messages,
): string => {
  const known = flagged?.name ?? name
  if (kind === 'picture') return t.flag.pictureOf(known)
  if (kind === 'report') return t.flag.reportOf(known)
  return known === '' ? t.flag.person : known
}

/** Returns the state of the form that decides. */
export const caseForm = ({ values, messages, appeals }: CasePartProps, t: Messages): FormState => {
  const texts = t.flag.admin
  const isAppealed = appeals.some(({ decidedAt }) => !decidedAt)
  return {
    ...{ values, messages, t },
    labels: {
      outcome: isAppealed ? texts.decisionOfAppeal : texts.decision,
      answer: texts.answer,
    },
    hints: { answer: texts.answerHint },
  }
}

/** Returns the version of what a case shows: when it was decided last, and how many appeals are open. */
export const versionOf = (
  { decidedAt }: Pick<FlagCase, 'decidedAt'>,
  appeals: readonly Pick<Appeal, 'decidedAt'>[],
): string => `${decidedAt?.toString() ?? 'open'} ${appeals.filter((one) => !one.decidedAt).length}`

/** Shows all flags of one thing, what helps to judge it, and the form that decides. */
export function CasePart(props: CasePartProps & { lang: Messages['lang'] }) {
  const t = messagesFor(props.lang)
  const texts = t.flag.admin
  const { flagCase, flagged, text } = props
  return (
    <>
      {props.isStale && (
        <>
          <Meanwhile words={texts.changed} edit={undefined} t={t} />
          <UnsavedTexts typed={[props.values.answer].filter(Boolean)} t={t} />
        </>
      )}
      <p>
        <span class="tag">{t.flag.reason[flagCase.reason]}</span>{' '}
        <span class="fine">
          {texts.flagged(flagCase.total, longDate(dayInParis(flagCase.openedAt), t.lang))}
          {!flagCase.decidedAt &&
            `, ${texts.decideBefore(t.flag.before(longDate(dayInParis(flagCase.dueAt), t.lang)))}`}
        </span>
      </p>
      {flagCase.isForTeam && <p class="fine">{texts.forTeam}</p>}
      <p>
        {flagged ? <Link href={flagged.path}>{texts.seePage}</Link> : texts.gone}
        {flagged?.kind === 'cafe' && flagged.peerId === undefined && (
          <>
            {' · '}
            <Link href={`/administration/cafes/${flagged.id}`}>{texts.editPage}</Link>
          </>
        )}
      </p>
      {text !== '' && (
        <section aria-labelledby="vise">
          <h2 id="vise">{texts.what}</h2>
          <blockquote class="preserved">
            <UserText t={t}>{text}</UserText>
          </blockquote>
        </section>
      )}
      <ToJudge {...props} t={t} />
      <Decision {...props} t={t} />
    </>
  )
}

type Shown = CasePartProps & { t: Messages }

function ToJudge({ flagCase, flags, place, appeals, t }: Shown) {
  const texts = t.flag.admin
  const unkept = flagCase.total - flags.length
  return (
    <section aria-labelledby="juger">
      <h2 id="juger">{texts.judge}</h2>
      <dl class="facts-list">
        <div>
          <dt>{texts.said}</dt>
          <dd>
            {flags.map((flag) => (
              <p>
                <UserText t={t}>{flag.words || texts.noWords}</UserText>
                <span class="line fine">
                  {[
                    t.flag.reason[flag.reason],
                    longDate(dayInParis(flag.at), t.lang),
                    flag.host && texts.fromServer(flag.host),
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </p>
            ))}
            {unkept > 0 && <p>{texts.unkept(unkept)}</p>}
            <p class="fine">{texts.nobodyNamed(flagCase.total)}</p>
          </dd>
        </div>
        <div>
          <dt>{texts.place}</dt>
          <dd>{place ? <PlaceFacts place={place} t={t} /> : texts.ours}</dd>
        </div>
        {flagCase.forwardedAt && (
          <div>
            <dt>{texts.itsSite}</dt>
            <dd>{texts.forwarded(longDate(dayInParis(flagCase.forwardedAt), t.lang))}</dd>
          </div>
        )}
        {appeals.map((appeal) => (
          <div>
            <dt>{texts.appealOf[appeal.flagId === undefined ? 'place' : 'flag']}</dt>
            <dd>
              <UserText t={t}>{appeal.words || texts.noWords}</UserText>
              <span class="line fine">
                {appeal.decidedAt
                  ? t.flag.own.appeal[appeal.isUpheld ? 'upheld' : 'denied']
                  : texts.appealBefore(t.flag.before(longDate(dayInParis(appeal.dueAt), t.lang)))}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const PlaceFacts = ({
  place: { name, since, cafes, hidden },
  t,
}: {
  place: NonNullable<CasePartProps['place']>
  t: Messages
}) => {
  const texts = t.flag.admin
  return (
    <>
      <UserText t={t}>{name}</UserText>
      <span class="line fine">
        {since && `${texts.since(longDate(dayInParis(since), t.lang), cafes)}, `}
        {hidden === 0 ? texts.neverHidden : texts.hiddenTimes(hidden)}
      </span>
    </>
  )
}

/** The decision that was made, and the form for one: about the case, or about the appeals against it. */
function Decision(props: Shown) {
  const { flagCase, flagged, appeals, mayDecide, action, csrf, t } = props
  const texts = t.flag.admin
  const isAppealed = appeals.some(({ decidedAt }) => !decidedAt)
  const form = caseForm(props, t)
  const choices: readonly Outcome[] = flagged ? outcomesOf(flagged) : ['kept']
  return (
    <>
      {flagCase.decidedAt && flagCase.outcome && (
        <section aria-labelledby="decide">
          <h2 id="decide">{t.flag.own.decided}</h2>
          <p>
            <strong>{t.flag.own.outcome[flagCase.outcome]}</strong>{' '}
            <span class="fine">
              {texts.decidedBy(longDate(dayInParis(flagCase.decidedAt), t.lang))}
            </span>
          </p>
          <p>
            <UserText t={t}>{flagCase.answer}</UserText>
          </p>
        </section>
      )}
      {isAppealed && !mayDecide && <p class="notice">{texts.samePerson}</p>}
      {(!flagCase.decidedAt || isAppealed) && mayDecide && (
        <PostForm csrf={csrf} action={action} class="stack" novalidate>
          <input type="hidden" name={VERSION} value={versionOf(flagCase, appeals)} />
          <Choices
            form={form}
            name="outcome"
            type="radio"
            choices={choices.map((outcome) => [
              outcome,
              `${texts.outcome[outcome]}. ${texts.outcomeHint[outcome]}`,
            ])}
            isLong
          />
          <TextArea form={form} name="answer" rows={5} max={ANSWER_MAX} />
          <p class="fine">{texts.after}</p>
          <SubmitButton>{texts.submit}</SubmitButton>
        </PostForm>
      )}
      {props.mayLeave && !flagCase.decidedAt && !flagCase.isForTeam && (
        <PostForm csrf={csrf} action={action} class="inline">
          <input type="hidden" name={VERSION} value={versionOf(flagCase, appeals)} />
          <input type="hidden" name="outcome" value="team" />
          <button type="submit" class="button quiet">
            {texts.team}
          </button>
        </PostForm>
      )}
    </>
  )
}
