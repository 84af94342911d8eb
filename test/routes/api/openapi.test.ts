import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { apiParts } from '../../../node/routes/addresses.ts'
import { apiRoutes } from '../../../node/routes/api/api.ts'
import { type ApiServer, aBody, startApi } from './api-server.ts'

let api: ApiServer
let document: OpenApi

type Operation = {
  operationId: string
  summary: string
  parameters: { name: string; in: string; schema: Record<string, unknown> }[]
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>
}
type OpenApi = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, { required?: string[]; properties?: object }> }
}

beforeAll(async () => {
  api = await startApi()
  document = await (await api.get('/api/v1/openapi.json')).json()
})
afterAll(() => api.stop())

test('the document is a valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(structuredClone(document))
  expect(result.errors ?? []).toEqual([])
  expect(result.valid).toBe(true)
  expect(validator.version).toBe('3.1')
})

test('every address and method of the API is described, with what it may answer', () => {
  const described = Object.entries(document.paths).map(([path, methods]) => [
    path,
    Object.keys(methods).sort(),
  ])
  expect(Object.fromEntries(described)).toEqual({
    '/cafes/{id}/report': ['delete', 'get', 'put'],
    '/cafes/{id}/registrations': ['get', 'post'],
    '/cafes/{id}/registrations/{registration}': ['delete'],
    '/calendars': ['get', 'post'],
    '/calendars/{id}': ['delete', 'get'],
    '/calendars/{id}/read': ['post'],
    '/cafes': ['get', 'post'],
    '/cafes/batch': ['post'],
    '/cafes/by-reference/{reference}': ['delete', 'get', 'put'],
    '/cafes/by-reference/{reference}/cancel': ['post'],
    '/cafes/by-reference/{reference}/move-online': ['post'],
    '/cafes/by-reference/{reference}/postpone': ['post'],
    '/cafes/by-reference/{reference}/reinstate': ['post'],
    '/cafes/{id}': ['delete', 'get', 'put'],
    '/cafes/{id}/cancel': ['post'],
    '/cafes/{id}/move-online': ['post'],
    '/cafes/{id}/postpone': ['post'],
    '/cafes/{id}/reinstate': ['post'],
    '/facets': ['get'],
    '/facilitators': ['get'],
    '/figures': ['get'],
    '/names': ['get'],
    '/networks': ['get'],
    '/networks/{slug}': ['get'],
    '/peers': ['get'],
    '/places': ['get'],
    '/places/batch': ['post'],
    '/places/by-reference/{reference}': ['get', 'put'],
    '/questions': ['get'],
    '/resources': ['get', 'post'],
    '/resources/{slug}': ['delete', 'put'],
    '/referents': ['get'],
    '/removed': ['get'],
    '/series': ['post'],
    '/series/{id}': ['delete', 'get', 'put'],
    '/series/{id}/cancel': ['post'],
    '/territories': ['get'],
    '/territories/{code}': ['get'],
    '/webhooks': ['get', 'post'],
    '/webhooks/{id}': ['delete'],
    '/webhooks/{id}/test': ['post'],
  })
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  for (const operation of operations) {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/)
    expect(operation.summary).toBeTruthy()
    expect(operation.responses['429']).toBeDefined()
  }
})

test('no address of the API is left out of the document', () => {
  const served = apiRoutes(api.context, apiParts)
    .routes.filter(({ method, path }) => method !== 'ALL' && path !== '/openapi.json')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(described.sort()).toEqual([...new Set(served)].sort())
})

test('every operation refuses a parameter that it does not take, and a dry run without a value', async () => {
  const ask = async (method: string, path: string, parameter: string) => {
    const answer = await api.send(method.toUpperCase(), `/api/v1${path}?${parameter}`)
    const { errors } = (await answer.json().catch(() => ({}))) as { errors?: { field: string }[] }
    return [answer.status, answer.headers.get('Content-Type'), errors?.map(({ field }) => field)]
  }
  const refused = (field: string) => [400, 'application/problem+json', [field]]
  for (const [template, methods] of Object.entries(document.paths))
    for (const method of Object.keys(methods)) {
      const path = template.replace(/\{\w+\}/g, 'x')
      const which = `${method} ${template}`
      expect(await ask(method, path, 'unheard=1'), which).toEqual(refused('unheard'))
      for (const bare of ['dryRun', 'dryRun=', 'dryRun=yes', 'dryRun=1&dryRun=0'])
        expect(await ask(method, path, bare), `${which}?${bare}`).toEqual(refused('dryRun'))
    }
  expect(await ask('get', '/cafes', 'mine=yes')).toEqual(refused('mine'))
  const file = await api.get('/export/cafes.csv?teritory=35')
  expect(file.status).toBe(400)
  expect(await file.json()).toMatchObject({ errors: [{ field: 'teritory' }] })
})

test('the parameters of a search are described, with their limits', () => {
  const parameters = document.paths['/cafes']?.get?.parameters ?? []
  const contract =
    'near radius from until q territory mode format audience accessibility organizer updatedSince limit cursor'
  expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(contract.split(' ')))
  const limit = parameters.find(({ name }) => name === 'limit')
  expect(limit).toMatchObject({ in: 'query', schema: { minimum: 1, maximum: 100 } })
})

test('what may be sent is described with its limits, its values and what a token shows', () => {
  const { CafeInput, VenueInput } = document.components.schemas
  expect([...listUnbounded(CafeInput, 'cafe'), ...listUnbounded(VenueInput, 'venue')]).toEqual([])
  expect(CafeInput).toMatchObject({
    properties: { title: { minLength: 3, maxLength: 140 }, durationMinutes: expect.anything() },
  })
  const search = document.paths['/cafes']?.get
  expect(search?.parameters.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['mine', 'total']),
  )
  expect(Object.keys(document.components.schemas.Cafe?.properties ?? {})).toEqual(
    expect.arrayContaining(['descriptionMarkdown', 'draft', 'publishAt']),
  )
})

test('an operation has one shape, whatever is asked of it', () => {
  const { schemas } = document.components
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, { responses }] of Object.entries(methods)) {
      const shapes = Object.entries(responses)
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, { content = {} }]) => content['application/json']?.schema ?? [])
      expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size, `${method} ${path}`).toBe(
        shapes.length === 0 ? 0 : 1,
      )
      for (const { $ref = '', ...shape } of shapes) {
        const whole = { ...shape, ...schemas[$ref.split('/').at(-1) ?? ''] }
        expect(whole, `${method} ${path}`).toMatchObject({ type: 'object' })
      }
    }
})

/** Lists texts that have neither a longest length nor a list of values. */
function listUnbounded(schema: object | undefined, path: string): string[] {
  const { type, properties = {}, items, ...rest } = (schema ?? {}) as Record<string, object>
  const isText = [type].flat().includes('string' as never)
  const isBounded = ['maxLength', 'enum', 'const', 'pattern'].some((word) => word in rest)
  return [
    ...(isText && !isBounded ? [path] : []),
    ...Object.entries(properties).flatMap(([name, each]) => listUnbounded(each, `${path}.${name}`)),
    ...((rest.anyOf ?? []) as object[]).flatMap((each) => listUnbounded(each, path)),
    ...(items ? listUnbounded(items, `${path}[]`) : []),
  ]
}

test('a café that is given out is as the document says', async () => {
  await api.send('POST', '/api/v1/cafes', aBody())
  const { items } = await (await api.get('/api/v1/cafes')).json()
  const definitions = JSON.stringify(document.components.schemas).replaceAll(
    '#/components/schemas/',
    '#/$defs/',
  )
  const schema = z.fromJSONSchema({ $ref: '#/$defs/Cafe', $defs: JSON.parse(definitions) })
  expect(schema.safeParse(items[0])).toMatchObject({ success: true })
  expect(schema.safeParse({ ...items[0], status: 'maybe' }).success).toBe(false)
})
