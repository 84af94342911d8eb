import type { Cafe } from '../node/domain/cafe.ts'
import type { Strings } from './strings.ts'

export const CafeDescription = ({ cafe, t }: { cafe: Cafe; t: Strings }) => (
  <>
    {cafe.summary && <p class="lead">{cafe.summary}</p>}
    {cafe.descriptionHtml && (
      <>
        <h2>{t.cafe.about}</h2>
        {/* Sanitised where it enters, by the formats' cleaner. */}
        <div class="prose" dangerouslySetInnerHTML={{ __html: cafe.descriptionHtml }} />
      </>
    )}
  </>
)

/** What the place chose to say more: each fact under its name, nothing when nothing was said. */
export function CafeDetails({ cafe, t }: { cafe: Cafe; t: Strings }) {
  const facts: [string, string[]][] = [
    [t.cafe.format, cafe.format ? [cafe.format] : []],
    [t.cafe.intentions, cafe.intentions.map((intention) => t.intention[intention])],
    [t.cafe.themes, cafe.themes],
    [t.cafe.audiences, cafe.audiences],
    [t.cafe.accessibility, cafe.accessibility.map((code) => t.access[code])],
    [t.cafe.languages, isOnlyFrench(cafe) ? [] : cafe.languages.map((tag) => languageName(tag, t))],
    [t.cafe.speakers, cafe.speakers],
    [t.cafe.support, cafe.support ? [cafe.support] : []],
  ]
  const known = facts.filter(([, values]) => values.length > 0)
  if (known.length === 0) return null
  return (
    <>
      <h2>{t.cafe.details}</h2>
      <dl class="details">
        {known.map(([term, values]) => (
          <div>
            <dt>{term}</dt>
            <dd>
              <ul class="tags">
                {values.map((value) => (
                  <li>{value}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

const isOnlyFrench = ({ languages }: Cafe): boolean =>
  languages.length === 0 || (languages.length === 1 && languages[0] === 'fr')

const names = new Intl.DisplayNames('fr', { type: 'language', fallback: 'code' })

export function languageName(tag: string, t: Strings): string {
  try {
    return t.language[tag] ?? names.of(tag) ?? tag
  } catch {
    return tag
  }
}
