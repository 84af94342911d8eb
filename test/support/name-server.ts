import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'

const TXT = 16
const NAME_ERROR = 3

/** The texts of each name; a name without any is unknown. */
type Zone = Record<string, string[]>

/**
 * Starts a real name server on loopback that answers by UDP for texts (RFC 1035).
 * @returns A resolver that asks it.
 */
export async function startNameServer(zone: Zone) {
  const socket = createSocket('udp4')
  socket.on('message', (query, { address, port }) => {
    socket.send(answerOf(query, zone), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const resolver = new Resolver({ timeout: 500, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return { resolver, close: () => new Promise<void>((done) => socket.close(() => done())) }
}

function answerOf(query: Buffer, zone: Zone): Buffer {
  const labels: string[] = []
  let at = 12
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  const question = query.subarray(12, at + 5)
  const texts = zone[labels.join('.').toLowerCase()]
  const head = Buffer.alloc(12)
  query.copy(head, 0, 0, 2)
  // An authoritative answer (AA) with the code of RFC 1035 §4.1.1.
  head.writeUInt16BE(0x8400 | (texts ? 0 : NAME_ERROR), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(texts?.length ?? 0, 6)
  return Buffer.concat([head, question, ...(texts ?? []).map(recordOf)])
}

/** A text is in pieces of at most 255 bytes, each after its length (RFC 1035 §3.3.14). */
function recordOf(text: string): Buffer {
  const pieces = (text.match(/.{1,255}/gs) ?? []).flatMap((piece) => [
    Buffer.from([piece.length]),
    Buffer.from(piece, 'latin1'),
  ])
  const data = Buffer.concat(pieces)
  const head = Buffer.alloc(12)
  // The name is that of the question, by a pointer to byte 12 (§4.1.4).
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(TXT, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
