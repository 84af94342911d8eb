import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import createClient from 'openapi-fetch'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { ROOT } from '../../support/sources.ts'
import { type ApiServer, startApi } from './api-server.ts'

/** Uses the OpenAPI document with the common tools for it, as a foreign program does. */

const run = promisify(execFile)
const CALLS = join(ROOT, 'test/fixtures/api-client/calls.ts')
const inModules = (path: string) => join(ROOT, 'node_modules', path)

type Operation = { operationId: string; responses: Record<string, Described> }
type Described = { content?: Record<string, { schema: object }> }
type Answer = { data?: unknown; error?: unknown; response: Response }

let api: ApiServer
let folder: string
let document: {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

beforeAll(async () => {
  api = await startApi()
  // Only a directory lists referents.
  api.context.isDirectory = true
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-client-'))
  document = await (await api.get('/api/v1/openapi.json')).json()
})
afterAll(async () => {
  expect(api.failures).toEqual([])
  await rm(folder, { recursive: true, force: true })
  await api.stop()
})

test('a generated client calls each operation with types that hold', async () => {
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document))
  await copyFile(CALLS, join(folder, 'calls.ts'))
  await symlink(inModules(''), join(folder, 'node_modules'))
  const generator = inModules('openapi-typescript/bin/cli.js')
  const compiler = join(ROOT, 'test/support/typescript-5.ts')
  const types = ['openapi.json', '--output', 'schema.d.ts']
  await run(process.execPath, ['--import', compiler, generator, ...types], { cwd: folder })
  const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes']
  const options = ['--noEmit', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck']
  const checked = run(
    process.execPath,
    [inModules('typescript/bin/tsc'), ...options, ...strict, '--types', 'node', 'calls.ts'],
    { cwd: folder },
  )
  expect(await checked.catch(({ stdout }) => stdout)).toMatchObject({ stdout: '' })
}, 60_000)

test('each operation answers what the document says', async () => {
  const { db, now } = api.context
  const description = { name: 'Canopé', presentation: 'Un réseau.', website: undefined }
  const home = {
    origin: api.origin,
    actorUri: `${api.origin}/actors/instance`,
    organizationId: api.organization.id,
  }
  await declareNetwork(db, { description, home, by: OPERATOR }, now())
  const { calls }: { calls: Record<string, (client: unknown) => Promise<Answer>> } = await import(
    CALLS
  )
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  expect(Object.keys(calls).sort()).toEqual(operations.map(({ operationId }) => operationId).sort())
  const client = createClient({
    baseUrl: `${api.origin}/api/v1`,
    headers: { Authorization: `Bearer ${api.token}` },
  })
  for (const [id, call] of Object.entries(calls)) {
    const { data, error, response } = await call(client)
    expect(error, id).toBeUndefined()
    const operation = operations.find(({ operationId }) => operationId === id)
    const described = operation?.responses[response.status]
    expect(described, `${id}: ${response.status}`).toBeDefined()
    const schema = described?.content?.['application/json']?.schema
    if (schema) expect(wrongOf(schema, data), id).toEqual([])
  }
})

/** Returns the points in which a value differs from the document. */
function wrongOf(schema: object, value: unknown) {
  const definitions = { ...document.components.schemas, Answer: schema }
  const text = JSON.stringify(definitions).replaceAll('#/components/schemas/', '#/$defs/')
  const parsed = z.fromJSONSchema({ $ref: '#/$defs/Answer', $defs: JSON.parse(text) })
  return parsed.safeParse(value).error?.issues ?? []
}
