import { sql } from 'kysely'
import { oncePerVersion } from '../database/content-version.ts'
import { isPostgres } from '../database/dialect.ts'
import { isListed } from './resources.ts'

const THEMES_SHOWN = 20

/** Lists the themes of the resources that lists show, those of most resources first; it is read once for each version. */
export const listResourceThemes = oncePerVersion(async (db): Promise<string[]> => {
  const each = isPostgres(db)
    ? sql`json_array_elements_text(resource.themes::json) as each(value)`
    : sql`json_each(resource.themes) as each`
  const { rows } = await sql<{ theme: string }>`
    select each.value as theme from resource cross join ${each}
    where ${isListed}
    group by each.value order by count(*) desc, each.value limit ${THEMES_SHOWN}`.execute(db)
  return rows.map(({ theme }) => theme)
})
