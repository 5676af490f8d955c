import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword, parsePasswordHash } from '../../../src/venue/credentials/password-hash.js'

/** RFC 7914, section 12: P="pleaseletmein", S="SodiumChloride", N=16384, r=8, p=1. */
const RFC_7914 = Buffer.from(
  '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2' +
    'd5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
  'hex'
)
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

describe('password hashes', () => {
  it('are scrypt of RFC 7914 (test vector of its section 12)', async () => {
    const hash = `$scrypt$ln=14,r=8,p=1$${base64(Buffer.from('SodiumChloride'))}$${base64(RFC_7914)}`
    const known = parsePasswordHash(hash)
    expect(known).toMatchObject({ ln: 14, r: 8, p: 1, salt: Buffer.from('SodiumChloride'), hash: RFC_7914 })
    expect(known && (await isPassword('pleaseletmein', known))).toBe(true)
    expect(known && (await isPassword('pleaseletmeout', known))).toBe(false)
  })

  it('differ by their salt, and each knows its password', async () => {
    const [one, two] = await Promise.all([hashPassword('secret'), hashPassword('secret')])
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
    const known = parsePasswordHash(two)
    expect(known && (await isPassword('secret', known))).toBe(true)
  })

  it.each([
    'secret',
    '$scrypt$ln=15,r=8,p=1$$',
    '$scrypt$ln=0,r=8,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g',
    '$scrypt$ln=30,r=8,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g',
    '$bcrypt$ln=15,r=8,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g'
  ])('do not look like %s', (text) => {
    expect(parsePasswordHash(text)).toBeUndefined()
  })
})
