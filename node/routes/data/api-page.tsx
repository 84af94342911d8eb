import { Hono } from 'hono'
import { ApiPage, type DescribedOperation } from '../../../ui/data/api-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { LIMITS } from '../../domain/limits/limits.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { type ApiParts, describeApi } from '../api/api.ts'
import { PROBLEM_STATUS, problemTexts } from '../api/problem-texts.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

/** The page that describes the API and the exports, made from the OpenAPI document. */
export const apiPageRoutes = (context: Context, parts: ApiParts) => {
  let operations: Promise<DescribedOperation[]> | undefined
  return new Hono<WebEnv>().get(paths.api, async (c) => {
    operations ??= listOperations(context, parts)
    const site = await findSite(context, c)
    return c.html(
      <ApiPage
        site={site}
        operations={await operations}
        errors={Object.entries(PROBLEM_STATUS).map(([type, status]) => ({
          type,
          status,
          ...problemTexts(type as keyof typeof PROBLEM_STATUS, site.lang),
        }))}
        limits={{ reads: LIMITS['api: read'].points, exports: LIMITS['api: export'].points }}
        day={dayInParis(context.now()).add({ days: 30 })}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    )
  })
}

type Described = {
  operationId?: string
  summary?: string
  security?: object[]
  parameters?: { name?: string; description?: string }[]
}

/**
 * Returns whether an operation needs a token; an empty requirement says that it can be done without (OpenAPI 3.1, «
 * Security Requirement Object »).
 */
const needsToken = ({ security = [] }: Described): boolean =>
  security.length > 0 && security.every((each) => Object.keys(each).length > 0)

async function listOperations(context: Context, parts: ApiParts): Promise<DescribedOperation[]> {
  const { paths: addresses = {} } = await describeApi(context, parts)
  return Object.entries(addresses).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Described>).map(([method, described]) => ({
      id: described.operationId ?? '',
      method: method.toUpperCase(),
      path,
      needsToken: needsToken(described),
      summary: described.summary ?? '',
      parameters: (described.parameters ?? []).map(({ name = '', description = '' }) => ({
        name,
        description,
      })),
    })),
  )
}
