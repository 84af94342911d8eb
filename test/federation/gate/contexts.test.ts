import { preloadedContexts } from '@fedify/vocab-runtime'
import { expect, test } from 'vitest'
import contexts from '../../../federation/gate/contexts.json' with { type: 'json' }
import { isObject, type Json, toList } from '../../../federation/wire/json.ts'

function withoutScopes(context: unknown): unknown {
  if (!isObject(context)) return context
  const withoutScope = (definition: unknown): unknown => {
    if (!isObject(definition)) return definition
    const { '@context': _, ...kept } = definition
    return kept
  }
  return Object.fromEntries(
    Object.entries(context).map(([term, definition]) => [term, withoutScope(definition)]),
  )
}

/** Whoever takes another version of Fedify writes what this test expects into `federation/gate/contexts.json`. */
test('the contexts that are kept are those of Fedify, but for long ones and for their scopes', () => {
  const documents = Object.entries(preloadedContexts as Record<string, Json>)
  const expected = documents.flatMap(([url, document]) => {
    const parts = toList(document['@context']).map(withoutScopes)
    const terms = parts.flatMap((part) => (isObject(part) ? Object.keys(part) : []))
    return terms.length > 200 ? [] : [[url, parts]]
  })
  expect(contexts).toEqual(Object.fromEntries(expected))
  expect(Object.keys(contexts)).not.toContain('http://schema.org/')
})
