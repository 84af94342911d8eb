import { once } from 'node:events'
import { createServer as createPlainServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { type ConnectionOptions, connect, createServer } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeFault } from '../../node/server/network-fault.ts'
import {
  EXPIRED_CERTIFICATE,
  LOOPBACK_CERTIFICATE,
  LOOPBACK_KEY,
} from '../support/loopback-server.ts'

const SERVERS = {
  good: createServer({ key: LOOPBACK_KEY, cert: LOOPBACK_CERTIFICATE }),
  expired: createServer({ key: LOOPBACK_KEY, cert: EXPIRED_CERTIFICATE }),
  modern: createServer({ key: LOOPBACK_KEY, cert: LOOPBACK_CERTIFICATE, minVersion: 'TLSv1.3' }),
  plain: createPlainServer(),
  cutting: createTcpServer((socket) => socket.destroy()),
}
const portOf = (name: keyof typeof SERVERS) => (SERVERS[name].address() as AddressInfo).port

beforeAll(async () => {
  for (const server of Object.values(SERVERS)) {
    server.on('tlsClientError', () => undefined)
    await once(server.listen(0, '127.0.0.1'), 'listening')
  }
})
afterAll(() => {
  for (const server of Object.values(SERVERS)) server.close()
})

/** Returns what Node says of a TLS connection that fails. */
async function failureOf(options: ConnectionOptions): Promise<string> {
  const socket = connect({ host: '127.0.0.1', servername: 'localhost', ...options })
  const [error] = await once(socket, 'error').catch((failure: Error) => [failure])
  socket.destroy()
  return String((error as Error).message)
}

const TRUSTED = [LOOPBACK_CERTIFICATE, EXPIRED_CERTIFICATE]

test.each<[keyof typeof SERVERS, ConnectionOptions, string]>([
  ['good', {}, 'le certificat est signé par lui-même'],
  ['expired', { ca: TRUSTED }, 'le certificat a expiré'],
  [
    'good',
    { ca: TRUSTED, servername: 'other.example' },
    'le certificat est au nom d’un autre site',
  ],
  ['plain', {}, 'il n’y a pas de chiffrement'],
  ['cutting', {}, 'la connexion chiffrée'],
  ['modern', { ca: TRUSTED, maxVersion: 'TLSv1.2' }, 'la version de TLS'],
])('what Node says of the server %s with %o is said in French', async (name, options, words) => {
  const message = await failureOf({ port: portOf(name), ...options })
  expect(describeFault(message)).toMatch(new RegExp(`^${words}.* ; en anglais : `))
})

test.each([
  ['certificate is not yet valid', 'le certificat n’est pas encore valable'],
  ['self-signed certificate in certificate chain', 'le certificat vient d’une autorité'],
  ['unable to get local issuer certificate', 'le certificat vient d’une autorité inconnue'],
  ['unable to verify the first certificate', 'le certificat vient d’une autorité inconnue'],
  ['certificate revoked', 'le certificat a été révoqué'],
  ['EE certificate key too weak', 'la clé ou la signature du certificat est trop faible'],
  ['ssl/tls alert handshake failure', 'la connexion chiffrée (TLS) n’a pas pu s’établir'],
  ['tlsv1 alert internal error', 'le serveur n’a pas de certificat pour ce nom'],
  ['connect ECONNREFUSED 127.0.0.1:443', 'la connexion est refusée'],
  ['connect ETIMEDOUT 192.0.2.1:443', 'pas de réponse à temps'],
  ['Connect Timeout Error (attempted address: 192.0.2.1:443)', 'pas de réponse à temps'],
  ['connect EHOSTUNREACH 192.0.2.1:443', 'aucun chemin n’y mène'],
  ['hub.example is not a public server', 'le nom mène à une adresse qui n’est pas publique'],
  ['hub.example redirects too often', 'l’adresse renvoie sans fin'],
  ['getaddrinfo ENOTFOUND smtp.example', 'le nom n’existe pas'],
  ['getaddrinfo EAI_AGAIN smtp.example', 'les serveurs de noms ne répondent pas'],
  ['Invalid login: 535 5.7.8 Error: authentication failed', 'le compte ou le mot de passe'],
  ['Greeting never received', 'pas de réponse à temps'],
])('« %s » is said in French', (message, words) => {
  expect(describeFault(message).startsWith(words)).toBe(true)
  expect(describeFault(message).endsWith(` ; en anglais : ${message}`)).toBe(true)
})

test('an answer that is not known is repeated, in one line that a terminal shows and does not obey', () => {
  expect(describeFault('550 5.1.1 no such\r\nuser \u001b[2J')).toBe('550 5.1.1 no such user [2J')
  expect(describeFault('x'.repeat(10_000))).toHaveLength(300)
})
