import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/**
 * Packages whose old versions have known vulnerabilities and are still requested by other packages, with the first safe
 * version (major, minor). `npm audit` knows more when the registry answers.
 */
const SAFE_FROM: Record<string, [number, number]> = {
  axios: [1, 12],
  'form-data': [4, 0],
  moment: [2, 30],
  lodash: [4, 18],
  minimist: [1, 3],
  nanoid: [3, 3],
  postcss: [8, 5],
  qs: [6, 14],
  request: [3, 0],
  semver: [7, 6],
  tableschema: [99, 0],
  'tough-cookie': [4, 1],
  undici: [6, 23],
  vite: [7, 2],
  xml2js: [0, 5],
}

type Lock = { packages: Record<string, { version?: string }> }

test.each([
  ['package-lock.json', 100],
  ['test/peers/activitypub-express/package-lock.json', 50],
  ['test/peers/s3rver/package-lock.json', 50],
])('no package that "%s" installs is of a version with known holes', (file, least) => {
  const lock: Lock = JSON.parse(readFileSync(file, 'utf8'))
  const old = Object.entries(lock.packages).flatMap(([path, { version = '' }]) => {
    const name = path.replace(/^.*node_modules\//, '')
    const safe = SAFE_FROM[name]
    const [major = 0, minor = 0] = version.split('.').map(Number)
    const isOld = safe && (major < safe[0] || (major === safe[0] && minor < safe[1]))
    return isOld ? [`${name} ${version}`] : []
  })
  expect(Object.keys(lock.packages).length).toBeGreaterThan(least)
  expect(old).toEqual([])
})
