import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkSender } from '../../node/commands/doctor/sender-findings.ts'
import { startNameServer } from '../support/name-server.ts'

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')

let names: Awaited<ReturnType<typeof startNameServer>>
beforeAll(async () => {
  names = await startNameServer({
    'lieu.example': ['site-verification=1', 'v=spf1 include:relais.example -all'],
    'mail._domainkey.lieu.example': [`v=DKIM1; k=rsa; p=${key}`],
    'cut._domainkey.lieu.example': [`v=DKIM1; k=rsa; p=${key.slice(0, 200)}`],
    'old._domainkey.lieu.example': ['v=DKIM1; p='],
    'edwards._domainkey.lieu.example': [`k=ed25519; p=${Buffer.alloc(32, 7).toString('base64')}`],
    '_dmarc.lieu.example': ['v=DMARC1; p=none; rua=mailto:postmaster@lieu.example'],
    'open.example': ['v=spf1 +all'],
    '_dmarc.open.example': ['v=DMARC1; rua=mailto:postmaster@open.example'],
    'twice.example': ['v=spf1 -all', 'v=spf1 mx -all'],
    '_dmarc.twice.example': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'],
    'empty.example': ['v=spf10 -all'],
  })
})
afterAll(() => names.close())

const check = (domain: string, dkimSelector?: string) =>
  checkSender({ from: `cafes@${domain}`, host: 'relais.example', dkimSelector }, names.resolver)

test.each([
  ['lieu.example', 'mail', ['right', 'right', 'right']],
  ['lieu.example', 'edwards', ['right', 'right', 'right']],
  ['lieu.example', 'cut', ['right', 'wrong', 'right']],
  ['lieu.example', 'old', ['right', 'wrong', 'right']],
  ['lieu.example', 'other', ['right', 'wrong', 'right']],
  ['lieu.example', undefined, ['right', 'unknown', 'right']],
  // A name below the registered one: its own SPF and DKIM, the DMARC of the registered one.
  ['cafes.lieu.example', 'mail', ['wrong', 'wrong', 'right']],
  ['open.example', undefined, ['wrong', 'unknown', 'wrong']],
  ['twice.example', undefined, ['wrong', 'unknown', 'wrong']],
  ['empty.example', undefined, ['wrong', 'unknown', 'wrong']],
  ['nowhere.example', undefined, ['wrong', 'unknown', 'wrong']],
])('of %s with the selector %s, SPF, DKIM and DMARC are %s', async (domain, selector, expected) => {
  const found = await check(domain, selector)
  expect(found.map(({ is }) => is)).toEqual(expected)
})

test('a finding shows the record, or says what to write where', async () => {
  expect(await check('lieu.example', 'mail')).toEqual([
    {
      is: 'right',
      words:
        'SPF : lieu.example dit qui envoie ses courriels (v=spf1 include:relais.example -all).',
    },
    { is: 'right', words: 'DKIM : il y a une clé à mail._domainkey.lieu.example.' },
    {
      is: 'right',
      words:
        'DMARC : lieu.example a une règle (v=DMARC1; p=none; rua=mailto:postmaster@lieu.example).',
    },
  ])
  const [spf, , dmarc] = await check('cafes.nowhere.example')
  expect(spf).toMatchObject({ advice: expect.stringContaining('relais.example') })
  expect(dmarc).toMatchObject({ advice: expect.stringContaining('_dmarc.nowhere.example') })
})

test('where no name server answers, nothing is said to be wrong', async () => {
  const gone = await startNameServer({})
  await gone.close()
  const sender = { from: 'cafes@lieu.example', host: 'relais.example' }
  expect(await checkSender(sender, gone.resolver)).toEqual([
    { is: 'unknown', words: expect.stringContaining('ne sont pas vérifiés') },
  ])
})
