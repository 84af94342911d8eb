import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** OWASP's smallest argon2id setting: 19 MiB, two passes, one lane; about 30 ms. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const HASH_BYTES = 32

const derive = promisify(argon2)

/**
 * Hashes a password to a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, so that the cost can be raised later.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await deriveHash(password, salt, COST)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(hash)}`
}

/**
 * Verifies a password. It takes as long without a hash as with a wrong password, so that nobody learns who has an
 * account.
 */
export async function verifyPassword(password: string, phc: string | undefined): Promise<boolean> {
  const stored = parsePhc(phc)
  const { salt, hash, cost } = stored ?? NOBODY
  const actual = await deriveHash(password, salt, cost)
  return timingSafeEqual(actual, hash) && stored !== undefined
}

const NOBODY = { salt: Buffer.alloc(16), hash: Buffer.alloc(HASH_BYTES), cost: COST }

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

function parsePhc(phc: string | undefined) {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(phc ?? '') ?? []
  if (!salt || !hash) return undefined
  return {
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
  }
}

const deriveHash = (password: string, nonce: Buffer, cost: typeof COST): Promise<Buffer> =>
  derive('argon2id', {
    // The same letters typed on another keyboard are the same password.
    message: password.normalize('NFC'),
    nonce,
    tagLength: HASH_BYTES,
    ...cost,
  })

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')
