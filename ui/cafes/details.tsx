import { htmlWithoutAnnouncedFor } from '../../node/domain/cafes/announced-for.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { CAFE_TEXT_NAMES } from '../../node/domain/cafes/cafe-texts.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import { Link } from '../components/link.tsx'
import { userTextLang } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'

export function CafeDescription({ cafe, t }: { cafe: Cafe; t: Messages }) {
  const { announcedFor, descriptionHtml } = cafe
  const html =
    announcedFor === undefined ? descriptionHtml : htmlWithoutAnnouncedFor(descriptionHtml)
  if (!html) return null
  return (
    <>
      <h2>{t.cafe.about}</h2>
      {/* The cleaner in `node/formats` sanitised this HTML when it was received. */}
      <div class="prose" lang={userTextLang(cafe, t)} dangerouslySetInnerHTML={{ __html: html }} />
    </>
  )
}

type Fact = [name: string, values: readonly string[], lang?: string | undefined]

/** Lists the details that the organisers gave, each under its name; those they left out are not shown. */
export function CafeDetails({ cafe, t }: { cafe: Cafe; t: Messages }) {
  const typed = userTextLang(cafe, t)
  const spoken = isAsThePage(cafe, t) ? [] : cafe.languages
  const facts: Fact[] = [
    [t.cafe.format, cafe.format ? [cafe.format] : [], typed],
    [t.cafe.intentions, cafe.intentions.map((intention) => t.cafe.intention[intention])],
    [t.cafe.themes, cafe.themes, typed],
    [t.cafe.audiences, cafe.audiences, typed],
    [t.cafe.accessibility, cafe.accessibility.map((code) => t.cafe.access[code])],
    [t.cafe.languages, spoken.map((tag) => languageName(tag, t))],
    [t.cafe.speakers, cafe.speakers],
    ...CAFE_TEXT_NAMES.map((name): Fact => [t.cafe.texts[name], [cafe[name] ?? []].flat(), typed]),
  ]
  const known = facts.filter(([, values]) => values.length > 0)
  if (known.length === 0) return null
  return (
    <>
      <h2>{t.cafe.details}</h2>
      <dl class="details">
        {known.map(([term, values, lang]) => (
          <div>
            <dt>{term}</dt>
            <dd>
              <ul class="tags">
                {values.map((value) => (
                  <li lang={lang}>{value}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** Returns whether the café is in the page's language only, which need not be said. */
const isAsThePage = ({ languages }: Cafe, { lang }: Messages): boolean =>
  languages.length === 0 || (languages.length === 1 && languages[0] === lang)

const names: Partial<Record<Lang, Intl.DisplayNames>> = {}

/** Returns the names of languages in this one. They take milliseconds to load, and few cafés need them. */
const namesIn = (lang: Lang): Intl.DisplayNames => {
  names[lang] ??= new Intl.DisplayNames(lang, { type: 'language', fallback: 'code' })
  return names[lang]
}

/** Returns the name of a language in that of the page; the tag (BCP 47) itself where nobody knows it. */
export function languageName(tag: string, t: Messages): string {
  try {
    return t.cafe.language[tag] ?? namesIn(t.lang).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** A resource that a café names. */
export type ShownResource = {
  title: string
  /** Its page here, or its own address; undefined where there is none to show. */
  href: string | undefined
  /** The host of a page of another site. */
  host: string | undefined
}

/** Lists what a café is led with; pages of other sites with their host, for no search engine to follow. */
export const UsedResources = ({
  resources,
  t,
}: {
  resources: readonly ShownResource[]
  t: Messages
}) =>
  resources.length === 0 ? null : (
    <section aria-labelledby="ressources">
      <h2 id="ressources">{t.resources.ofCafe}</h2>
      <ul>
        {resources.map(({ title, href, host }) => (
          <li>
            {href === undefined ? (
              title
            ) : host === undefined ? (
              <Link href={href}>{title}</Link>
            ) : (
              <>
                <Link href={href} rel="noopener noreferrer nofollow ugc">
                  {title}
                </Link>{' '}
                <small>({host})</small>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
