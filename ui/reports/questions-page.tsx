import type { QuestionChoices, ShownQuestion } from '../../node/domain/reports/question.ts'
import { monthAndYear, plainDate } from '../../node/domain/values/date-text.ts'
import { Layout } from '../components/layout.tsx'
import { Form, Link, LinkChoices } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { TerritoryField } from '../components/territory-field.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** GET on the same address: `q`, `theme`, `territoire`, `mois` (`2026-11`), `page` from 1. */
export type QuestionsPageProps = {
  site: Site
  values: { q: string; theme: string; territoire: string; mois: string }
  page: number
  questions: readonly ShownQuestion[]
  hasMore: boolean
  choices: QuestionChoices
  /** The question that came up most in a month. */
  best: { month: Temporal.PlainYearMonth; question: ShownQuestion } | undefined
  /** The name of the territory, where it was found. */
  territory: string | undefined
  /** The territories that the text may mean, where there are several; none where nothing has that name. */
  territories: NavLink[] | undefined
  signedIn: boolean
}

/** Returns the address of a search for questions. */
export const questionsHref = (values: Partial<QuestionsPageProps['values']>, page = 1): string => {
  const asked = Object.entries({ ...values, page: page > 1 ? String(page) : '' })
  const given = new URLSearchParams(asked.filter(([, value]) => value))
  return given.size > 0 ? `${paths.questions}?${given}` : paths.questions
}

/** Shows what people asked at the cafés, what came up most first. */
export function QuestionsPage(props: QuestionsPageProps) {
  const { site, values, page, choices, territory } = props
  const t = messagesFor(site.lang)
  const texts = t.questions
  const isAsked = Object.values(values).some((value) => value !== '') || page > 1
  const lead = choices.total > 0 ? texts.lead(choices.total) : texts.leadNone
  return (
    <Layout
      title={territory ? `${texts.title}\u00a0: ${territory}` : texts.title}
      site={site}
      current={paths.questions}
      description={lead}
      noindex={isAsked}
      signedIn={props.signedIn}
    >
      <h1>{texts.title}</h1>
      <p class="lead">{lead}</p>
      {!isAsked && <OfMonth {...props} t={t} />}
      <SearchForm {...props} t={t} />
      <Themes {...props} t={t} />
      <Found {...props} t={t} />
      <Rule t={t} />
    </Layout>
  )
}

type PartProps = QuestionsPageProps & { t: Messages }

function OfMonth({ best, t }: PartProps) {
  if (!best) return null
  const texts = t.questions
  const { question, month } = best
  return (
    <section class="panel question-of-month" aria-labelledby="du-mois">
      <h2 id="du-mois">{texts.ofMonth(monthAndYear(month, t.lang))}</h2>
      <p class="asked">
        <Link href={paths.question(question.id)}>
          <UserText t={t}>{question.text}</UserText>
        </Link>
      </p>
      <p>{texts.heardIn(question.cafes)}</p>
      <p>
        <Link href={paths.questionPicture(month.toString())}>{texts.picture}</Link>
      </p>
    </section>
  )
}

function SearchForm({ values, choices, territories, t }: PartProps) {
  const texts = t.questions
  const isUnknown = territories?.length === 0
  return (
    <search>
      <Form class="search" action={paths.questions} method="get" aria-label={texts.form}>
        <div class="field">
          <label for="q">
            {texts.words} <span class="hint">{texts.wordsHint}</span>
          </label>
          <input id="q" name="q" type="text" value={values.q} />
        </div>
        <div class="field">
          <label for="mois">{texts.month}</label>
          <select id="mois" name="mois">
            <option value="">{texts.anyMonth}</option>
            {choices.months.map((month) => (
              <option value={month} selected={month === values.mois}>
                {monthAndYear(Temporal.PlainYearMonth.from(month), t.lang)}
              </option>
            ))}
          </select>
        </div>
        <TerritoryField value={values.territoire} {...{ isUnknown, texts }} />
        {values.theme !== '' && <input type="hidden" name="theme" value={values.theme} />}
        <button class="button" type="submit">
          {texts.submit}
        </button>
      </Form>
    </search>
  )
}

function Themes({ values, choices, t }: PartProps) {
  if (choices.themes.length === 0) return null
  const texts = t.questions
  return (
    <nav aria-label={texts.theme}>
      <ul class="chips">
        {['', ...choices.themes].map((theme) => (
          <li>
            <Link
              class="chip"
              href={questionsHref({ ...values, theme })}
              aria-current={theme === values.theme ? 'true' : undefined}
            >
              {theme === '' ? texts.anyTheme : <UserText t={t}>{theme}</UserText>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Found(props: PartProps) {
  const { values, page, questions, hasMore, territory, territories, t } = props
  const texts = t.questions
  if (territories && territories.length > 0)
    return (
      <>
        <h2>{texts.several(values.territoire)}</h2>
        <LinkChoices links={territories} />
      </>
    )
  const month = values.mois && monthAndYear(Temporal.PlainYearMonth.from(values.mois), t.lang)
  const what = [values.q && `« ${values.q} »`, values.theme, territory, month].filter(Boolean)
  const heading = what.length > 0 ? texts.mostOf(what.join(', ')) : texts.most
  return (
    <section aria-labelledby="entendues">
      <h2 id="entendues">{questions.length === 0 ? texts.none : heading}</h2>
      <ol class="plain heard-list">
        {questions.map((question) => (
          <Question question={question} t={t} />
        ))}
      </ol>
      <p class="buttons">
        {page > 1 && (
          <Link class="button quiet" href={questionsHref(values, page - 1)}>
            {texts.before}
          </Link>
        )}
        {hasMore && (
          <Link class="button quiet" href={questionsHref(values, page + 1)}>
            {texts.next}
          </Link>
        )}
      </p>
      {(what.length > 0 || page > 1) && (
        <p>
          <Link href={paths.questions}>{texts.all}</Link>
        </p>
      )}
    </section>
  )
}

const Question = ({ question, t }: { question: ShownQuestion; t: Messages }) => {
  const texts = t.questions
  const { id, text, theme, cafes, lastOn, lastAt } = question
  return (
    <li class="panel">
      <p class="heard">
        <span class="unseen">{`${texts.heardIn(cafes)}. `}</span>
        <strong aria-hidden="true">{cafes}</strong>{' '}
        <span aria-hidden="true">{texts.cafes(cafes)}</span>
      </p>
      <div>
        <h3>
          <Link href={paths.question(id)}>
            <UserText t={t}>{text}</UserText>
          </Link>
        </h3>
        <p class="hint">
          {theme !== undefined && (
            <>
              <span class="tag">
                <UserText t={t}>{theme}</UserText>
              </span>{' '}
            </>
          )}
          {texts.last(plainDate(lastOn, t.lang), lastAt)}
        </p>
      </div>
    </li>
  )
}

/** Says by which rule questions are grouped, and where the data are. */
export const Rule = ({ t }: { t: Messages }) => {
  const texts = t.questions
  return (
    <>
      <details class="panel">
        <summary>{texts.rule.title}</summary>
        <p>{texts.rule.text}</p>
        <p>{texts.rule.words}</p>
        <p>{texts.rule.what}</p>
      </details>
      <p class="hint">
        {texts.data} <Link href={paths.questionsCsv}>{texts.csv}</Link> (
        <Link href={paths.questionsSchema}>{texts.schema}</Link>),{' '}
        <Link href={paths.questionsAtom}>{texts.atom}</Link>,{' '}
        <Link href={paths.api}>{texts.api}</Link>.
      </p>
    </>
  )
}
