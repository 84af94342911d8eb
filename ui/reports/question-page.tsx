import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { QuestionGroup } from '../../node/domain/reports/question.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { Layout } from '../components/layout.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { whenAndWhere } from '../referents/dashboard-acts.tsx'
import { Rule } from './questions-page.tsx'

export type QuestionPageProps = {
  site: Site
  question: QuestionGroup
  cafes: readonly Cafe[]
  /** The address of the next cafés. */
  nextHref: string | undefined
  /** The token of the team's session, which may set a wording apart. */
  csrf: string | undefined
}

/** One question: in how many cafés it came up, the ways to ask it, and those cafés. */
export function QuestionPage({ site, question, cafes, nextHref, csrf }: QuestionPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.questions.one
  const { firstOn, lastOn } = question
  return (
    <Layout
      title={question.text}
      site={site}
      current={paths.questions}
      description={texts.counted(question.cafes, question.departements)}
      signedIn={csrf !== undefined}
    >
      <h1>
        <UserText t={t}>{question.text}</UserText>
      </h1>
      <p class="lead">
        <strong>{texts.counted(question.cafes, question.departements)}</strong>{' '}
        {texts.between(plainDate(firstOn, t.lang), plainDate(lastOn, t.lang))}
      </p>
      <Wordings {...{ question, csrf, t }} />
      <section aria-labelledby="cafes">
        <h2 id="cafes">{texts.where}</h2>
        <ul class="plain acts">
          {cafes.map((cafe) => (
            <li>
              <Link href={paths.cafe(cafe.id)}>
                <UserText cafe={cafe} t={t}>
                  {cafe.title}
                </UserText>
              </Link>
              <br />
              <small>{whenAndWhere(cafe, t)}</small>
            </li>
          ))}
        </ul>
        {nextHref && (
          <p>
            <Link class="button quiet" href={nextHref}>
              {texts.more}
            </Link>
          </p>
        )}
      </section>
      <Rule t={t} />
      <p>
        <Link href={paths.questions}>{texts.back}</Link>
      </p>
    </Layout>
  )
}

type WordingsProps = Pick<QuestionPageProps, 'question' | 'csrf'> & { t: Messages }

function Wordings({ question: { wordings }, csrf, t }: WordingsProps) {
  const texts = t.questions.one
  const isOne = wordings.length < 2
  if (isOne && !(csrf && wordings[0]?.isApart)) return null
  return (
    <section aria-labelledby="facons">
      <h2 id="facons">{texts.wordings}</h2>
      {csrf && <p class="hint">{texts.team}</p>}
      <ul>
        {wordings.map(({ wording, text, cafes, isApart }) => (
          <li>
            <UserText t={t}>{text}</UserText> <small>{texts.wordingIn(cafes)}</small>
            {csrf && (
              <PostForm csrf={csrf} action={paths.wordings} class="inline">
                <input type="hidden" name="wording" value={wording} />
                <input type="hidden" name="apart" value={isApart ? '0' : '1'} />
                <button type="submit" class="button quiet small">
                  {isApart ? texts.together : texts.apart}
                  <span class="unseen">
                    {'\u00a0: '}
                    <UserText t={t}>{text}</UserText>
                  </span>
                </button>
              </PostForm>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
