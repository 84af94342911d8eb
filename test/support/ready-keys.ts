import crypto, { type KeyObject } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'

/**
 * Runs before each test file: servers that start in this process take their RSA keys in turn from the first ones that
 * were made in this run of the tests. Making one takes as long as many tests, and no test has so many actors that two
 * get the same key.
 */
const DIFFERENT = 24

type Pair = Record<'publicKey' | 'privateKey', KeyObject>

const make = promisify(crypto.generateKeyPair)
const made: Promise<Pair>[] = []
let given = 0

function takeRsa(): Promise<Pair> {
  const place = given++ % DIFFERENT
  made[place] ??= readOrMake(join(dirname(inject('sqliteTemplate')), `rsa-${place}.pem`))
  return made[place]
}

/** Takes the key of this file, which another process may have made. */
async function readOrMake(file: string): Promise<Pair> {
  try {
    const privateKey = crypto.createPrivateKey(readFileSync(file))
    return { privateKey, publicKey: crypto.createPublicKey(privateKey) }
  } catch {
    const pair = await make('rsa', { modulusLength: 2048 })
    // Two processes may make it at the same time: each writes a file of its own, and the last one stays.
    const own = `${file}.${process.pid}`
    writeFileSync(own, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    renameSync(own, file)
    return pair
  }
}

const isReady = Symbol.for('rsa keys are ready')

if (!Object.hasOwn(crypto.generateKeyPair, isReady)) {
  const original = crypto.generateKeyPair
  const isPlain = (type: string, options: { modulusLength?: number } = {}) =>
    type === 'rsa' && options.modulusLength === 2048 && Object.keys(options).length === 1
  const take = (type: 'rsa', options: { modulusLength: number }) =>
    isPlain(type, options) ? takeRsa() : make(type, options)
  crypto.generateKeyPair = Object.assign(original.bind(crypto), {
    [promisify.custom]: take,
    [isReady]: true,
  }) as typeof original
  syncBuiltinESMExports()
}
