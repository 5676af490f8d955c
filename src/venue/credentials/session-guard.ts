import { createHash, timingSafeEqual } from 'node:crypto'
import { LogoutText } from '../../fix/session/logout-text.js'
import type { Peer, PendingVerdict } from '../../fix/session/session-settings.js'
import { AddressList } from './address-list.js'
import { CertificateList } from './certificate-list.js'
import { parsePasswordHash, type PasswordHash } from './password-hash.js'
import type { PasswordJudge } from './password-judge.js'

/** Who may log on to a session, as configured; what is left out is not asked for. */
export interface SessionCredentials {
  /** Username (553). */
  readonly username?: string | undefined
  /** Hash of Password (554), see {@link PasswordHash}. */
  readonly passwordHash?: string | undefined
  /** Addresses and networks to come from. */
  readonly addresses?: readonly string[] | undefined
  /** Client certificates to show. */
  readonly certificates?: readonly string[] | undefined
}

/** Judges the Logons of one session. */
export class SessionGuard {
  readonly #username: string | undefined
  readonly #passwordHash: PasswordHash | undefined
  readonly #addresses: AddressList | undefined
  readonly #certificates: CertificateList | undefined
  readonly #judge: PasswordJudge

  constructor({ username, passwordHash, addresses, certificates }: SessionCredentials, judge: PasswordJudge) {
    this.#username = username
    this.#passwordHash = passwordHash === undefined ? undefined : parsePasswordHash(passwordHash)
    this.#addresses = addresses && new AddressList(addresses)
    this.#certificates = certificates && new CertificateList(certificates)
    this.#judge = judge
  }

  /** See SessionDirectory.admit. */
  admit(peer: Peer, username: string | undefined, password: string | undefined): string | undefined | PendingVerdict {
    if (this.#addresses?.has(peer.address) === false) return LogoutText.address
    if (this.#certificates !== undefined && !(peer.certificate && this.#certificates.has(peer.certificate)))
      return LogoutText.certificate
    const known = this.#username === undefined || sameText(username ?? '', this.#username)
    const passwordHash = this.#passwordHash
    if (passwordHash === undefined) return known ? undefined : LogoutText.credentials
    // The password is checked whoever is named, so that the time it takes does not tell which names there are.
    return (decide) =>
      this.#judge.judge(password ?? '', passwordHash, (right) => {
        if (right === undefined) decide(LogoutText.busy)
        else decide(known && right ? undefined : LogoutText.credentials)
      })
  }
}

/** Compares in a time that tells nothing of where, or whether, the texts differ. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
