import { Hono } from 'hono'
import { AROUND_A_TABLE } from '../../../ui/drawings/around-a-table.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { siteCardWords } from '../../domain/values/card.ts'
import { cardAnswer } from '../cafes/card-answer.ts'
import { addressOf, networkOf } from '../http/middleware.ts'
import { nameOfSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/** The picture of the site, which is shown beside a link to one of its pages. */
export const sitePictureRoutes = (context: Context) =>
  new Hono<WebEnv>().get(paths.sitePicture, async (c) => {
    const words = siteCardWords(await nameOfSite(context), new URL(context.config.origin).host)
    return cardAnswer(
      { words, pictureKey: 'site', picture: () => ({ at: 'beside', ...AROUND_A_TABLE }) },
      {
        version: c.req.query('v'),
        isPublic: true,
        visitor: networkOf(addressOf(c.env?.incoming, context.config)),
      },
    )
  })
