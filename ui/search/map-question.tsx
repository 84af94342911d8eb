import type { Problem } from '../../node/domain/values/problem.ts'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor, problemMessage } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type SearchValues, searchHref } from './values.ts'

type MapQuestionProps = {
  site: Site
  values: SearchValues
  problems: readonly Problem[]
  signedIn?: boolean | undefined
}

/** The page shown instead of a map when the search was not understood: it says what is wrong. */
export function MapQuestionPage({ site, values, problems, signedIn }: MapQuestionProps) {
  const t = messagesFor(site.lang)
  return (
    <Layout
      title={t.admin.form.error + t.map.title}
      site={site}
      current={paths.map}
      noindex
      signedIn={signedIn}
    >
      <h1>{t.map.title}</h1>
      {problems.map((problem) => (
        <p class="error">
          {t.search.quoted(values[problem.field as keyof SearchValues])}
          {t.map.colon}
          {afterColon(problemMessage(problem, site.lang))}
        </p>
      ))}
      <ul>
        <li>
          <Link href={searchHref(values)}>{t.map.change}</Link>
        </li>
        <li>
          <Link href={paths.map}>{t.map.all}</Link>
        </li>
      </ul>
    </Layout>
  )
}

const afterColon = (sentence: string): string =>
  sentence.charAt(0).toLocaleLowerCase() + sentence.slice(1)
