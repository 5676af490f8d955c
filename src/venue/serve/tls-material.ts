import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { UserError } from '../../base/user-error.js'
import type { TlsServerOptions } from '../../fix/transport/tls-handshakes.js'
import type { TlsConfig } from '../config/venue-config.js'

/**
 * Reads the key material of the FIX port.
 * @throws UserError that names the file which cannot be read, holds something else, or does not belong to the other
 */
export function tlsMaterial({ cert, key, ca, requireClientCertificate }: TlsConfig): TlsServerOptions {
  const certText = read('cert', cert)
  const keyText = read('key', key)
  const caText = ca === undefined ? undefined : read('ca', ca)
  const certificate = certificateIn('cert', cert, certText)
  const privateKey = tried(() => createPrivateKey(keyText))
  if (!privateKey) throw new UserError(`fix.tls.key: ${key} holds no private key in PEM, or an encrypted one`)
  if (!certificate.checkPrivateKey(privateKey))
    throw new UserError(`fix.tls: the key ${key} does not belong to the certificate ${cert}`)
  if (ca !== undefined && caText !== undefined) certificateIn('ca', ca, caText)
  return { cert: certText, key: keyText, ca: caText, requireClientCertificate }
}

function read(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UserError(`fix.tls.${name}: ${file} cannot be read: ${(cause as Error).message}`, undefined, { cause })
  }
}

function certificateIn(name: string, file: string, text: string): X509Certificate {
  const certificate = tried(() => new X509Certificate(text))
  if (!certificate) throw new UserError(`fix.tls.${name}: ${file} holds no certificate in PEM`)
  return certificate
}

function tried<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
