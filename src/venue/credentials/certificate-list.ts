import type { PeerCertificate } from '../../fix/session/session-settings.js'

/** Client certificates by their subject's common name ("CN=oms1") or by their SHA-256 ("SHA256=AB:CD:…"). */
export class CertificateList {
  readonly #names = new Set<string>()
  readonly #fingerprints = new Set<string>()

  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      if (entry.startsWith('CN=')) this.#names.add(entry.slice('CN='.length))
      else this.#fingerprints.add(digits(entry.slice('SHA256='.length)))
    }
  }

  has({ commonName, fingerprint }: PeerCertificate): boolean {
    return this.#names.has(commonName) || this.#fingerprints.has(digits(fingerprint))
  }
}

const digits = (fingerprint: string): string => fingerprint.replaceAll(':', '').toUpperCase()
