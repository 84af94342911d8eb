import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ApiServer, aBody, startApi } from './api-server.ts'

let api: ApiServer

beforeEach(async () => {
  api = await startApi()
})
afterEach(async () => {
  expect(api.failures).toEqual([])
  await api.stop()
})

test('a program announces a café and gets it whole, at the hour of the place', async () => {
  const answer = await api.send('POST', '/api/v1/cafes', aBody())
  expect(answer.status).toBe(201)
  const cafe = await answer.json()
  console.log(cafe, answer.headers)
})
