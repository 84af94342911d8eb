import { type SearchValues, searchFileHref } from './search-values.ts'
import type { Strings } from './strings.ts'

/** The same search for calendars, readers, spreadsheets and programs, each at an address of its own. */
export function SearchFiles({ values, t }: { values: SearchValues; t: Strings }) {
  return (
    <section class="panel" aria-labelledby="emporter">
      <h2 id="emporter">{t.find.take}</h2>
      <p class="hint">{t.find.takeHow}</p>
      <ul>
        <File file="cafes.ics" values={values} t={t} />
        <File file="cafes.atom" values={values} t={t} />
      </ul>
      <details>
        <summary>{t.find.otherFiles}</summary>
        <ul>
          {FOR_OTHER_TOOLS.map((file) => (
            <File file={file} values={values} t={t} />
          ))}
        </ul>
      </details>
    </section>
  )
}

type FileName = keyof Strings['find']['files']

const FOR_OTHER_TOOLS: FileName[] = [
  'feed.json',
  'cafes.csv',
  'cafes.geojson',
  'cafes.jsonld',
  'cafes.json',
  'cafes.ndjson',
]

const File = ({ file, values, t }: { file: FileName; values: SearchValues; t: Strings }) => (
  <li>
    <a href={searchFileHref(values, file)}>{t.find.files[file]}</a>
  </li>
)
