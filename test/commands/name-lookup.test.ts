import { expect, test } from 'vitest'
import { lookUpName } from '../../node/commands/doctor/name-lookup.ts'

test('an address needs no look-up, nor does this machine’s own name', async () => {
  expect(await lookUpName('127.0.0.1')).toBe('found')
  expect(await lookUpName('[::1]')).toBe('found')
  expect(await lookUpName('localhost')).toBe('found')
})

test('a name that no server can know is unknown', async () => {
  expect(await lookUpName(`${'n'.repeat(64)}.invalid`)).toBe('unknown')
})

test('name servers that are silent, or say so after a while, have not answered', async () => {
  const silent = () => new Promise(() => {})
  const out = () => Promise.reject(Object.assign(new Error('down'), { code: 'EAI_AGAIN' }))
  expect(await lookUpName('example.org', silent)).toBe('unanswered')
  expect(await lookUpName('example.org', out)).toBe('unanswered')
})
