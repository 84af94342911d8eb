import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KEY_FILE } from '../../node/store/files/site-key.ts'
import { eventually, type Folder, isAnswering, openFolder } from '../support/program.ts'

let folder: Folder
beforeEach(async () => {
  folder = await openFolder()
})
afterEach(() => folder.close())

test('without settings it explains what to do next, and shows a welcome page and nothing else', async () => {
  const { PORT = '' } = folder.settings
  const server = await folder.start({ PORT })
  await server.says('CAFE_IA_ORIGIN')
  expect(server.stdout()).toContain('docs/settings.md')
  const home = await fetch(folder.origin)
  expect(home.status).toBe(200)
  const welcome = await home.text()
  expect(welcome).toContain('<h1')
  for (const path of ['/cafes', '/administration', '/c/abc234', '/api']) {
    const page = await fetch(folder.origin + path)
    const inEnglish = (address: string) => `href="${address}?lang=en"`
    const expected = welcome.replace(inEnglish('/'), inEnglish(path))
    expect([path, await page.text()]).toEqual([path, expected])
  }
  for (const path of [
    '/actors/cafes',
    '/.well-known/webfinger?resource=acct:cafes@x',
    '/api/v1/cafes',
  ]) {
    const answer = await fetch(folder.origin + path, { headers: { accept: 'application/json' } })
    expect([path, answer.headers.get('content-type')]).toEqual([path, 'text/html; charset=UTF-8'])
  }
  expect(await isAnswering(folder.origin)).toBe(true)
  const { code, stderr } = await server.ended('SIGTERM')
  expect([code, stderr]).toEqual([0, ''])
})

test('with its address it publishes, and a second start finds the same server', async () => {
  const first = await folder.start()
  const nodeinfo = await fetch(`${folder.origin}/nodeinfo/2.1`)
  expect(nodeinfo.status).toBe(200)
  const keyOf = async () => {
    const actor = await fetch(`${folder.origin}/actors/cafes`, {
      headers: { accept: 'application/activity+json' },
    })
    return ((await actor.json()) as { publicKey: { publicKeyPem: string } }).publicKey.publicKeyPem
  }
  const key = await keyOf()
  expect((await first.ended('SIGTERM')).code).toBe(0)
  expect(await isAnswering(folder.origin)).toBe(false)
  expect(first.stdout()).not.toContain('la clé avec laquelle')
  await rm(join(folder.settings.DATA ?? '', KEY_FILE))
  const second = await folder.start()
  await second.says('écoute sur')
  expect(await keyOf()).toBe(key)
  // As on a second machine, to whose folder nobody copied the file.
  expect(second.stdout()).toMatch(/^CAFE_IA_DATA : \S*cle-du-site n’est pas la clé avec laquelle/m)
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it well, even when it comes twice',
  async (signal) => {
    const server = await folder.start()
    const begun = Date.now()
    server.child.kill(signal)
    const { code, stderr } = await server.ended(signal)
    expect([code, stderr]).toEqual([0, ''])
    expect(Date.now() - begun).toBeLessThan(10_000)
  },
)

/** Prints the messages of a datagram socket of AF_UNIX, each with what `/healthz` answered when it came. */
const LISTENER = `
use IO::Socket::UNIX; use IO::Socket::INET; $| = 1;
my ($path, $port) = @ARGV;
my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $path) or die $!;
print "listening\\n";
while (1) {
  $socket->recv(my $message, 4096);
  my $site = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port");
  print $site "GET /healthz HTTP/1.0\\r\\n\\r\\n" if $site;
  my $answer = $site ? (split / /, <$site> // '')[1] : 'none';
  print "$message $answer\\n";
}`

test.skipIf(!existsSync('/usr/bin/systemd-notify'))(
  'systemd hears that it is ready once it answers, that it lives, and that it stops',
  async () => {
    const socket = join(folder.folder, 'notify')
    const listener = spawn('perl', ['-e', LISTENER, socket, String(folder.port)])
    let heard = ''
    listener.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard += text
    })
    await once(listener.stdout, 'data')
    const unit = { ...folder.settings, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '400000' }
    const server = await folder.start(unit)
    const all = () => heard.split('\n').filter((line) => line !== '' && !line.includes('BARRIER'))
    await eventually(
      async () => all(),
      (lines) => lines.length > 3,
    )
    expect(all().slice(1, 4)).toEqual(['READY=1 200', 'WATCHDOG=1 200', 'WATCHDOG=1 200'])
    expect((await server.ended('SIGTERM')).stderr).toBe('')
    await eventually(
      async () => all(),
      (lines) => lines.at(-1)?.startsWith('STOPPING=1') === true,
    )
    expect(all().at(-1)).toMatch(/^STOPPING=1 /)
    listener.kill()
  },
)

test('on a machine with an older Node it ends when its launcher is killed', async () => {
  const older = `Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.0.0'}})`
  const NODE_OPTIONS = `--import=data:text/javascript,${older}`
  const launcher = await folder.start({ ...folder.settings, NODE_OPTIONS })
  expect(await isAnswering(folder.origin)).toBe(true)
  const { code } = await launcher.ended('SIGKILL')
  expect([code, await isAnswering(folder.origin)]).toEqual([null, false])
})

test('another address over the same data stops it with a sentence', async () => {
  const first = await folder.start()
  await first.ended('SIGTERM')
  const { DATA = '', PORT = '' } = folder.settings
  for (const settings of [
    { DATA, PORT, ORIGIN: 'https://other.example' },
    { DATA, PORT },
  ]) {
    const ran = await folder.run(['start'], settings)
    expect(ran).toMatchObject({ code: 78, stdout: '' })
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
    expect(ran.stderr).toContain('CAFE_IA_ORIGIN')
    expect(ran.stderr).toContain(folder.origin)
  }
  await folder.start()
})

test('a port that another program uses stops it with a sentence', async () => {
  await folder.start()
  const other = await openFolder()
  try {
    const ran = await other.run(['start'], { ...other.settings, PORT: String(folder.port) })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
    expect(ran.stderr).toContain('CAFE_IA_PORT')
    const nowhere = await other.run(['start'], { ...other.settings, HOST: '192.0.2.1' })
    expect(nowhere.code).toBe(1)
    expect(nowhere.stderr).toContain('CAFE_IA_HOST')
  } finally {
    await other.close()
  }
})
