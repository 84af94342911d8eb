import crypto, { type KeyObject } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { promisify } from 'node:util'

/**
 * Runs before each test file: servers that start in this process take their RSA keys in turn from the first ones that
 * were made here. Making one takes as long as many tests, and no test has so many actors that two get the same key.
 */
const DIFFERENT = 24

type Pair = Record<'publicKey' | 'privateKey', KeyObject>

const make = promisify(crypto.generateKeyPair)
const made: Promise<Pair>[] = []
let given = 0

function takeRsa(): Promise<Pair> {
  const place = given++ % DIFFERENT
  made[place] ??= make('rsa', { modulusLength: 2048 })
  return made[place]
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
