import { expect, test } from 'vitest'
import { createPageStore } from '../../../node/routes/http/page-store.ts'

test('what is kept never takes more than it may: what was used longest ago goes', () => {
  const store = createPageStore<string>(1000)
  for (let number = 0; number < 10; number++) store.set(`page ${number}`, 'text', 100)
  expect(store.get('page 0')).toBe('text')
  store.set('one more', 'text', 100)
  expect(store.get('page 0')).toBe('text')
  expect(store.get('page 1')).toBeUndefined()
  store.set('page 2', 'longer', 120)
  expect(store.get('page 3')).toBeUndefined()
  expect(store.get('page 4')).toBe('text')
})

test('one page alone never pushes out the others, and an old form of it does not stay', () => {
  const store = createPageStore<string>(1000)
  store.set('small', 'text', 100)
  store.set('grows', 'text', 100)
  store.set('grows', 'much text', 600)
  expect(store.get('small')).toBe('text')
  expect(store.get('grows')).toBeUndefined()
})
