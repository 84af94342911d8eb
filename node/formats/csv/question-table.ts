import { organizerNameOf } from '../../domain/cafes/announced-for.ts'
import { pageOf } from '../../domain/cafes/cafe.ts'
import type { AskedQuestion } from '../../domain/reports/question.ts'
import { LICENCE } from './table-schema.ts'
import { tableHead, tableRows } from './write.ts'

type QuestionColumn = {
  name: string
  type: 'string' | 'integer' | 'date'
  description: string
  constraints?: Record<string, unknown>
  value: (asked: AskedQuestion) => string | number | undefined
}

const must = { required: true }

/** The columns of what was told of cafés, one line for each question. */
const COLUMNS: readonly QuestionColumn[] = [
  {
    ...{ name: 'cafe_id', type: 'string', constraints: must },
    description: 'Identifiant du café, comme dans le schéma « cafes-ia ».',
    value: ({ cafe }) => cafe.uri,
  },
  {
    ...{ name: 'question_numero', type: 'string', constraints: must },
    description: 'Identifiant du groupe : les mêmes mots, dans n’importe quel ordre, ont le même.',
    value: ({ group }) => group,
  },
  {
    ...{ name: 'question', type: 'string', constraints: { ...must, maxLength: 200 } },
    description: 'La question, comme l’équipe l’a notée.',
    value: ({ text }) => text,
  },
  {
    ...{ name: 'theme', type: 'string' },
    description: 'Le thème que l’équipe lui a donné.',
    value: ({ theme }) => theme,
  },
  {
    ...{ name: 'date', type: 'date', constraints: must },
    description: 'Le jour du café, là où il a eu lieu.',
    value: ({ askedOn }) => askedOn,
  },
  {
    ...{ name: 'titre', type: 'string', constraints: must },
    description: 'Titre du café.',
    value: ({ cafe }) => cafe.title,
  },
  {
    ...{ name: 'url', type: 'string' },
    description: 'Page du café.',
    value: ({ cafe }) => pageOf(cafe),
  },
  {
    ...{ name: 'structure', type: 'string', constraints: must },
    description: 'Nom de la structure qui organise.',
    value: ({ cafe }) => organizerNameOf(cafe),
  },
  {
    ...{ name: 'commune', type: 'string' },
    description: 'Commune ; vide pour un café en ligne.',
    value: ({ cafe }) => cafe.venue?.commune,
  },
  {
    ...{ name: 'code_insee', type: 'string' },
    description: 'Code officiel géographique de la commune.',
    value: ({ cafe }) => cafe.venue?.codeInsee,
  },
  {
    ...{ name: 'departement', type: 'string' },
    description: 'Code du département.',
    value: ({ cafe }) => cafe.venue?.departement,
  },
  {
    ...{ name: 'participations', type: 'integer', constraints: { minimum: 0 } },
    description:
      'Nombre de participations déclarées au café ; vide tant qu’un nombre inhabituel n’est pas confirmé.',
    value: ({ participants }) => participants,
  },
  {
    ...{ name: 'premieres_fois', type: 'integer', constraints: { minimum: 0 } },
    description: 'Dont celles de personnes venues pour la première fois.',
    value: ({ firstTimers }) => firstTimers,
  },
  {
    ...{ name: 'format', type: 'string' },
    description: 'Le format utilisé, en mots libres.',
    value: ({ format }) => format,
  },
]

/** Returns the first line of the table. */
export const questionTableHead = (): string => tableHead(COLUMNS.map(({ name }) => name))

/** Writes lines of the table. */
export const questionTableRows = (asked: readonly AskedQuestion[]): string =>
  tableRows(asked.map((one) => COLUMNS.map(({ value }) => value(one))))

/**
 * Returns the table as a Table Schema (https://specs.frictionlessdata.io/table-schema/, v1).
 * @param where - The site's own address, and that of the schema.
 */
export const questionTableSchema = ({ origin, schema }: { origin: string; schema: string }) => ({
  $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json',
  name: 'cafes-ia-bilans',
  title: 'Cafés IA : bilans',
  description:
    'Ce que les équipes ont noté après les cafés IA : une ligne par question entendue à un café, avec les nombres du café.',
  version: '1.0.0',
  created: '2026-12-01',
  lastModified: '2026-12-01',
  countryCode: 'FR',
  homepage: origin,
  path: schema,
  licenses: [LICENCE],
  primaryKey: ['cafe_id', 'question_numero'],
  missingValues: [''],
  fields: COLUMNS.map(({ value: _, ...field }) => field),
})
