import type { Messages } from '../locales/messages.ts'

/** A command for a terminal, with a label. */
export type Example = { label: string; command: string }

/** Returns commands that work as they are; those that write take the token from `$JETON`. `day` is a day to come. */
export function apiExamples(
  origin: string,
  day: Temporal.PlainDate,
  texts: Messages['data']['api'],
): { reads: Example[]; writes: Example[] } {
  const since = day.subtract({ days: 60 })
  const read = (label: string, path: string): Example => ({
    label,
    command: `curl '${origin}${path}'`,
  })
  const write = (label: string, method: string, path: string, body: unknown): Example => ({
    label,
    command: `curl -X ${method} '${origin}${path}' -H "Authorization: Bearer $JETON" -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`,
  })
  const place = {
    name: 'Médiathèque centrale',
    streetAddress: '10 cours des Alliés',
    postalCode: '35000',
    commune: 'Rennes',
  }
  const cafe = (title: string) => ({
    title,
    startsAt: `${day}T18:30:00`,
    venue: { reference: 'mediatheque-1' },
  })
  const lines = ['cafe-2', 'cafe-3'].map(
    (reference) => `'${JSON.stringify({ reference, ...cafe(`L’IA au quotidien, ${reference}`) })}'`,
  )
  return {
    reads: [
      read(texts.near, '/api/v1/cafes?near=35000&radius=30'),
      read(texts.inTerritory, '/api/v1/cafes?territory=35&mode=offline&limit=10'),
      read(texts.changed, `/api/v1/cafes?updatedSince=${since}`),
      read(texts.removed, `/api/v1/removed?since=${since}`),
      read(texts.territory, '/api/v1/territories?q=rennes'),
      {
        label: texts.file,
        command: `curl -o cafes.csv '${origin}/export/cafes.csv?ou=35000&rayon=50'`,
      },
    ],
    writes: [
      write(texts.dryRun, 'POST', '/api/v1/cafes?dryRun=1', {
        ...cafe('Un essai'),
        venue: place,
      }),
      write(texts.place, 'PUT', '/api/v1/places/by-reference/mediatheque-1', place),
      write(texts.cafe, 'PUT', '/api/v1/cafes/by-reference/cafe-1', cafe('L’IA au quotidien')),
      {
        label: texts.batch,
        command: `printf '%s\\n' ${lines.join(' ')} | curl -X POST '${origin}/api/v1/cafes/batch' -H "Authorization: Bearer $JETON" -H 'Content-Type: application/x-ndjson' --data-binary @-`,
      },
    ],
  }
}
