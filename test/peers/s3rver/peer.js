import { createHash } from 'node:crypto'
import { request as ask, createServer } from 'node:http'
import aws4 from 'aws4'
import S3rver from 's3rver'

/**
 * `node peer.js FOLDER PORT` runs a storage with one bucket, `seau`. A proxy before it computes each signature again
 * with another library, since s3rver accepts any signature of version 4, and compares each body with its hash.
 */
const [directory, port] = process.argv.slice(2)
const storage = new S3rver({
  directory,
  silent: true,
  vhostBuckets: false,
  configureBuckets: [{ name: 'seau', configs: [] }],
})
await storage.configureBuckets()
const answer = storage.callback()
const SECRETS = { S3RVER: 'S3RVER' }

function findFault({ method, url, headers }, body) {
  const [, keyId, region] = /Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\//.exec(headers.authorization) ?? []
  const secretAccessKey = SECRETS[keyId]
  if (!secretAccessKey) return 'InvalidAccessKeyId'
  const signed = aws4.sign(
    {
      ...{ service: 's3', region, method, path: url, signQuery: false },
      headers: {
        Host: headers.host,
        'X-Amz-Content-Sha256': headers['x-amz-content-sha256'],
        'X-Amz-Date': headers['x-amz-date'],
      },
    },
    { accessKeyId: keyId, secretAccessKey },
  )
  if (signed.headers.Authorization !== headers.authorization) return 'SignatureDoesNotMatch'
  const hash = createHash('sha256').update(body).digest('hex')
  return hash === headers['x-amz-content-sha256'] ? undefined : 'XAmzContentSHA256Mismatch'
}

const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const fault = findFault(request, body)
  if (fault) {
    response.writeHead(403, { 'content-type': 'application/xml' })
    response.end(`<?xml version="1.0"?><Error><Code>${fault}</Code></Error>`)
    return
  }
  const onward = ask(
    { host: '127.0.0.1', port: inner.port, method: request.method, path: request.url, headers: request.headers },
    (found) => {
      response.writeHead(found.statusCode, found.headers)
      found.pipe(response)
    },
  )
  onward.end(body)
})
const inner = await new Promise((resolve) => {
  const own = createServer(answer).listen(0, '127.0.0.1', () => resolve(own.address()))
})
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'))
