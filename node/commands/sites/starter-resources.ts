import { frenchSpaces } from '../../../ui/locales/typography.ts'
import type { Context } from '../../context.ts'
import { OPERATOR } from '../../domain/cafes/edit.ts'
import { STARTER_RESOURCES } from '../../domain/resources/starter-resources.ts'
import { renderMarkdown } from '../../formats/text/markdown.ts'
import { resourceHomeOf } from '../../routes/resources/resource-home.ts'
import { inTransaction } from '../../store/database/database.ts'
import { runAfterOthers } from '../../store/database/locks.ts'
import { findSetting, saveSetting } from '../../store/database/settings.ts'
import { createResource } from '../../store/resources/resources.ts'
import type { Organization } from '../../store/structures/organizations.ts'

/** A directory begins with them once; what its team withdraws stays withdrawn. */
const SETTING = 'starter-resources'

/** Publishes the resources with which a directory begins, at its first start. */
export const addStarterResources = (
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  organization: Organization,
): Promise<void> =>
  runAfterOthers(db, 'starter resources', () =>
    inTransaction(db, async (trx) => {
      if (await findSetting(trx, SETTING)) return
      await saveSetting(trx, SETTING, 'published')
      const home = resourceHomeOf(config, organization)
      for (const written of STARTER_RESOURCES) {
        const descriptionMarkdown = frenchSpaces(written.descriptionMarkdown)
        const descriptionHtml = renderMarkdown(descriptionMarkdown)
        const content = { ...written, descriptionMarkdown, descriptionHtml }
        await createResource(trx, { content, home, by: OPERATOR }, now())
      }
    }),
  )
