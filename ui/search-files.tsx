import { paths } from './paths.ts'
import { type SearchValues, searchFileHref, searchHref } from './search-values.ts'
import type { Strings } from './strings.ts'

/** The same search for calendars, readers, spreadsheets and programs, each at an address of its own. */
export function SearchFiles({ values, t }: { values: SearchValues; t: Strings }) {
  const onMap = searchHref(values).replace(/^\//, paths.map)
  return (
    <section class="panel" aria-labelledby="emporter">
      <h2 id="emporter">{t.find.take}</h2>
      <p>
        <a href={onMap}>{t.find.map}</a>
      </p>
      <p class="hint">{t.find.takeHow}</p>
      <ul>
        {Object.entries(t.find.files).map(([file, label]) => (
          <li>
            <a href={searchFileHref(values, file)}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
