import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { readSources } from './support/sources.ts'

/**
 * Checks that functions are short. The lines of a function are counted without those of the named functions in it, so
 * that what makes several functions that share a state is not counted as one; the handlers within a table of routes are.
 */

/** Some of it is the length of a page's markup, or of a table of what is written once. */
const MOST = { code: 60, markup: 100 }

/** The statements that make tables are one text each; the commands are one table. */
const TABLES = /^node\/(?:store\/migrations|commands\/command-table)/

/**
 * Longer ones: they go through the fields of a café one by one, where a line is a field and a part of them would have no
 * name. Nothing is added here.
 */
const LONGER = new Set([
  'node/domain/cafes/cafe-decision.ts decideCafe',
  'node/formats/csv/read.ts readCafe',
  'node/formats/csv/table-example.ts exampleCafe',
  'node/routes/api/cafes/cafe-json.ts toCafeJson',
  'federation/wire/read-event.ts fromEvent',
])

type Node = { type: string; start: number; end: number; [key: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode)

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']

/** Returns the name of a function that a statement declares. */
function nameOf(node: Node): string | undefined {
  const { id, init } = node as { id?: { name?: string } | null; init?: Node | null }
  if (node.type === 'FunctionDeclaration') return id?.name
  const isAssigned = node.type === 'VariableDeclarator' && init && FUNCTIONS.includes(init.type)
  return isAssigned ? id?.name : undefined
}

const linesOf = (code: string, { start, end }: Node): number =>
  code.slice(start, end).split('\n').length

/** Lists the named functions of a file with the number of their own lines. */
function listFunctions(path: string, code: string): { name: string; lines: number }[] {
  const listed: { name: string; lines: number }[] = []
  /** Returns the number of lines that named functions within this node take. */
  function countNamed(node: Node): number {
    const within = childrenOf(node).reduce((sum, child) => sum + countNamed(child), 0)
    const name = nameOf(node)
    if (name === undefined) return within
    const lines = linesOf(code, node)
    listed.push({ name, lines: lines - within })
    return lines
  }
  countNamed(parseSync(path, code).program as unknown as Node)
  return listed
}

test('no function is longer than a screen', () => {
  const long = readSources().flatMap(({ path, code }) =>
    TABLES.test(path)
      ? []
      : listFunctions(path, code)
          .filter(({ lines }) => lines > (path.startsWith('ui/') ? MOST.markup : MOST.code))
          .map(({ name, lines }) => ({ name: `${path} ${name}`, lines })),
  )
  expect(long.filter(({ name }) => !LONGER.has(name))).toEqual([])
})
