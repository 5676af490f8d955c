import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether certificates can be made here; tests that need some skip where not. */
export const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    console.log('skipped: TLS tests need the openssl program on the path')
    return false
  }
})()

/** Paths of a certificate and its key, PEM. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

/** An authority of its own, in a directory of its own, that makes certificates with openssl. */
export class Authority {
  readonly cert: string
  readonly #key: string
  readonly #directory = mkdtempSync(join(tmpdir(), 'paperpit-ca-'))

  constructor(name: string) {
    const { cert, key } = this.#files(name)
    this.cert = cert
    this.#key = key
    openssl('req', '-x509', ...newKey(key), '-subj', `/CN=${name}`, '-days', '30', '-out', cert)
  }

  /** A certificate for a server at 127.0.0.1, or for a client. */
  issue(commonName: string): KeyPair {
    const pair = this.#files(commonName)
    const request = `${pair.cert}.csr`
    const extensions = `${pair.cert}.ext`
    writeFileSync(extensions, 'subjectAltName=IP:127.0.0.1\n')
    openssl('req', ...newKey(pair.key), '-subj', `/CN=${commonName}`, '-out', request)
    const signed = ['-CA', this.cert, '-CAkey', this.#key, '-CAcreateserial', '-days', '30', '-extfile', extensions]
    openssl('x509', '-req', '-in', request, ...signed, '-out', pair.cert)
    return pair
  }

  #files(name: string): KeyPair {
    return { cert: join(this.#directory, `${name}.pem`), key: join(this.#directory, `${name}-key.pem`) }
  }
}

function newKey(key: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key]
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
