import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Namespace, RunningProcess } from './namespace.ts'
import { eventually, visit } from './visit.ts'

/** Serves https://<host> for each host name, and forwards requests to its port on 127.0.0.1. */
export async function startCaddy(
  network: Namespace,
  ports: Record<string, number>,
): Promise<RunningProcess> {
  const sites = Object.entries(ports).map(
    ([host, port]) => `https://${host} {
  tls ${network.certificate} ${network.certificateKey}
  reverse_proxy 127.0.0.1:${port} {
    # A connection that its server closes as a POST arrives would be a 502 of the proxy's own making.
    transport http {
      keepalive off
    }
  }
}`,
  )
  const file = join(network.folder, 'Caddyfile')
  await writeFile(file, ['{\n  admin off\n  auto_https off\n}', ...sites, ''].join('\n'))
  const caddy = network.start('caddy', {
    argv: ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'],
  })
  const [host] = Object.keys(ports)
  await eventually(network, 'caddy answers over TLS', () =>
    visit(network, { url: `https://${host}/` }),
  )
  return caddy
}
