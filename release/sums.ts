import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SUMS = 'SHA256SUMS'

/** Whose signature it is, and for what: the words of `ssh-keygen -Y verify` in the guides and in `release/signers`. */
const SIGNER = 'cafe-ia'
const PURPOSE = 'cafe-ia-release'

/**
 * Writes the checksums of all that lies in `out`, in the form of sha256sum(1). A signature of others is removed.
 * @returns What was written.
 */
export function writeSums(out: string): string {
  rmSync(join(out, `${SUMS}.sig`), { force: true })
  const sums = readdirSync(out)
    .filter((name) => name !== SUMS)
    .sort()
    .map((name) => `${hash(readFileSync(join(out, name)))}  ${name}\n`)
    .join('')
  writeFileSync(join(out, SUMS), sums)
  return sums
}

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Signs the checksums in `out` (`SHA256SUMS.sig`), and verifies the signature as operators do.
 *
 * @param key A private key of SSH, or its public half where an agent has it.
 * @param signers Who may sign (`ssh-keygen(1)`, ALLOWED SIGNERS).
 * @throws Error where this key is not among the signers; the signature is then removed.
 */
export function signSums(out: string, { key, signers }: { key: string; signers: string }): void {
  const [sums, signature] = [join(out, SUMS), join(out, `${SUMS}.sig`)]
  const stdio = ['inherit', 'ignore', 'inherit'] as const
  execFileSync('ssh-keygen', ['-Y', 'sign', '-q', '-f', key, '-n', PURPOSE, sums], {
    stdio: [...stdio],
  })
  const verify = ['-Y', 'verify', '-f', signers, '-I', SIGNER, '-n', PURPOSE, '-s', signature]
  try {
    execFileSync('ssh-keygen', verify, { input: readFileSync(sums), stdio: 'pipe' })
  } catch {
    rmSync(signature)
    throw new Error(`release: ${key} is none of the keys in ${signers}, which operators have`)
  }
}
