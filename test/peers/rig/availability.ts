import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { PEER_FOLDER } from './activitypub-express.ts'

type Peer = 'snac2' | 'activitypub-express'

const { PATH: path = '', CAFE_IA_REQUIRE_PEERS: required } = process.env

/** Whether a missing peer is a failure (in CI) or a reason to skip its tests (on a developer's machine). */
const isRequired = required === '1'

/**
 * Returns why these peers cannot be tested on this machine; undefined when they can.
 * @throws Error with the same text when the peers are required.
 */
export function whyNotHere(...peers: Peer[]): string | undefined {
  const reasons = [
    process.platform !== 'linux' && 'network namespaces exist on Linux only',
    process.getuid?.() !== 0 && 'a network namespace needs root',
    spawnSync('unshare', ['--net', '--mount', 'true']).status !== 0 &&
      'no network namespace can be made here',
    ...['ip', 'caddy', 'openssl', 'setpriv'].map(missing),
    peers.includes('snac2') && missing('snac'),
    peers.includes('activitypub-express') &&
      !existsSync(join(PEER_FOLDER, 'node_modules', 'activitypub-express')) &&
      'npm ci was not run in test/peers/activitypub-express',
  ].filter((reason) => typeof reason === 'string')
  if (reasons.length === 0) return undefined
  const why = reasons.join('; ')
  if (isRequired) throw new Error(`${peers.join(' and ')} cannot be tried here: ${why}`)
  process.stderr.write(`Skipped, not passed: ${peers.join(' and ')} (${why})\n`)
  return why
}

const FOLDERS = [...path.split(delimiter), '/usr/sbin', '/sbin']

const missing = (program: string): string | false =>
  !FOLDERS.some((folder) => existsSync(join(folder, program))) && `${program} is not installed`
