import { afterEach, beforeEach, expect } from 'vitest'
import { type ApiServer, aBody, startApi } from './api-server.ts'

export let api: ApiServer
export const idOf = (cafe: { id: string }): string => cafe.id.split('/').at(-1) ?? ''

export async function announce(changes: Record<string, unknown> = {}) {
  const answer = await api.send('POST', '/api/v1/cafes', aBody(changes))
  expect(answer.status).toBe(201)
  return answer.json()
}

export const changes = () =>
  api.context.db.selectFrom('change').select('body').orderBy('id').execute()

/** Returns every row that a write could touch. */
export async function wholeState() {
  const { db } = api.context
  return {
    cafes: await db.selectFrom('cafe').selectAll().orderBy('id').execute(),
    venues: await db.selectFrom('venue').selectAll().orderBy('id').execute(),
    changes: await db.selectFrom('change').selectAll().orderBy('id').execute(),
    tombstones: await db.selectFrom('deletion').selectAll().execute(),
    answers: await db.selectFrom('idempotent_answer').selectAll().execute(),
  }
}

/** Starts the API before each test of a file. No test may end with an unexpected error of a route. */
export function useApi(): void {
  beforeEach(async () => {
    api = await startApi()
  })
  afterEach(async () => {
    expect(api.failures).toEqual([])
    await api.stop()
  })
}
