import { generateKeyPairSync, KeyObject } from 'node:crypto'
import { exportMultibaseKey, importMultibaseKey } from '@fedify/vocab-runtime'
import { expect, test } from 'vitest'
import { parseActorDocument } from '../../../federation/remote/actor-document.ts'
import { fromMultibase, toMultibase } from '../../../federation/wire/multikey.ts'

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' })

test.each([
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey],
  ['Ed25519', generateKeyPairSync('ed25519').publicKey],
])('an %s key is written as Fedify writes it, and read as Fedify reads it', async (_, key) => {
  const text = toMultibase(key)
  const theirs = await importMultibaseKey(text)
  expect(spki(KeyObject.from(theirs))).toBe(spki(key))
  expect(await exportMultibaseKey(theirs)).toBe(text)
  const ours = fromMultibase(text)
  expect(ours && spki(ours)).toBe(spki(key))
})

test('an actor’s RSA Multikey counts like its publicKey, unless it is too small', () => {
  const uri = 'https://a.example/actors/cafes'
  const read = (modulusLength: number) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength })
    const former = {
      ...{ id: `${uri}#main-key`, type: 'Multikey', controller: uri },
      publicKeyMultibase: toMultibase(publicKey),
    }
    const document = { id: uri, type: 'Group', inbox: `${uri}/inbox`, assertionMethod: [former] }
    return parseActorDocument(document, { uri, check: () => undefined })?.keys
  }
  expect(read(2048)).toMatchObject([{ keyId: `${uri}#main-key`, actorUri: uri }])
  expect(read(1024)).toEqual([])
})

test('what is no key, or far too long, is none', () => {
  for (const text of ['', 'z', 'z6Mk', `z${'1'.repeat(1499)}`, `z${'2'.repeat(2000)}`, 'uAAAA'])
    expect(fromMultibase(text)).toBeUndefined()
})
