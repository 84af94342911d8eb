import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { BlockList } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../node/config.ts'
import { ROOT } from './support/sources.ts'

/** Checks the files for Docker with Debian's `docker-compose`, which needs no daemon for that. */

const COMPOSE = '/usr/bin/docker-compose'
const isThere = existsSync(COMPOSE)

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** The settings in the example for operators, including those behind a `#`. */
const SHOWN = [...read('.env.example').matchAll(/^#?(CAFE_IA_\w+)=(.*)$/gm)].map(
  ([, name = '', value = '']): [string, string] => [name, value],
)
/** The image and its network set the address, the port and the folder of the program. */
const FIXED = [
  'CAFE_IA_ORIGIN',
  'CAFE_IA_HOST',
  'CAFE_IA_PORT',
  'CAFE_IA_DATA',
  'CAFE_IA_TRUST_PROXY',
]

type Service = {
  environment?: Record<string, string>
  networks?: Record<string, { ipv4_address?: string } | null>
}
type Composed = {
  services: Record<string, Service>
  networks: Record<string, { ipam: { config: { subnet: string; ip_range?: string }[] } }>
}

const compose = (file: string, env: Record<string, string>): Composed =>
  JSON.parse(
    execFileSync(
      COMPOSE,
      ['--env-file', '/dev/null', '-f', join(ROOT, file), 'config', '--format', 'json'],
      {
        env: { DOMAIN: 'cafes.example', POSTGRES_PASSWORD: 'secret', ...env },
        encoding: 'utf8',
      },
    ),
  )

const isWithin = (range: string, address: string): boolean => {
  const [net = '', bits = ''] = range.split('/')
  const list = new BlockList()
  list.addSubnet(net, Number(bits))
  return list.check(address)
}

const FILES = [
  { file: 'compose.yaml', programs: ['cafe-ia'] },
  { file: 'compose.postgres.yaml', programs: ['web', 'worker'] },
]

describe.skipIf(!isThere).each(FILES)(
  '$file, where docker-compose is there',
  ({ file, programs }) => {
    test('passes on each setting of .env.example, as it is written there', () => {
      const { services } = compose(file, Object.fromEntries(SHOWN))
      for (const program of programs) {
        const environment = services[program]?.environment ?? {}
        for (const [name, value] of SHOWN.filter(([name]) => !FIXED.includes(name)))
          expect([program, name, environment[name]]).toEqual([program, name, value])
        expect(environment.CAFE_IA_ORIGIN).toBe('https://cafes.example')
        expect(() => readConfig(environment)).not.toThrow()
      }
    })

    test('starts without any, as docs/settings.md says', () => {
      const { services } = compose(file, {})
      for (const program of programs) {
        const config = readConfig(services[program]?.environment ?? {})
        expect(config).toMatchObject({
          log: 'info',
          mail: undefined,
          hub: undefined,
          calendarMinutes: 60,
          seriesDays: 60,
          registrationDays: 30,
        })
      }
    })

    test('gives no address twice: those that Docker chooses are none of those that are written', () => {
      const { services, networks } = compose(file, {})
      const [{ ip_range: chosen = '', subnet = '' } = {}] = networks.inside?.ipam.config ?? []
      const written = Object.values(services).flatMap(
        ({ networks }) => networks?.inside?.ipv4_address ?? [],
      )
      expect(new Set(written).size).toBe(written.length)
      for (const address of written)
        expect([address, isWithin(subnet, address), isWithin(chosen, address)]).toEqual([
          address,
          true,
          false,
        ])
      const trusted = services[programs[0] ?? '']?.environment?.CAFE_IA_TRUST_PROXY
      expect(trusted).toBe(services.caddy?.networks?.inside?.ipv4_address)
    })
  },
)

test('each file that the image is made of is there', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(
    ([, words = '']) => words.split(' ').slice(0, -1),
  )
  expect(copied).toContain('package.json')
  expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})
