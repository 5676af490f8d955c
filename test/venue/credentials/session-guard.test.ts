import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../src/fix/session/session-settings.js'
import { hashPassword } from '../../../src/venue/credentials/password-hash.js'
import { PasswordJudge } from '../../../src/venue/credentials/password-judge.js'
import { SessionGuard, type SessionCredentials } from '../../../src/venue/credentials/session-guard.js'

const passwordHash = await hashPassword('secret')
const from = (address: string, more: Partial<Peer> = {}): Peer => ({ address, port: 5000, loopback: false, ...more })
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':')

function verdict(
  credentials: SessionCredentials,
  peer: Peer,
  username?: string,
  password?: string
): Promise<string | undefined> {
  const answer = new SessionGuard(credentials, new PasswordJudge()).admit(peer, username, password)
  return typeof answer === 'function' ? new Promise((resolve) => answer(resolve)) : Promise.resolve(answer)
}

describe('who may log on', () => {
  it.each([
    ['trader', 'secret', undefined],
    ['trader', 'Secret', 'Wrong username or password'],
    ['trader', undefined, 'Wrong username or password'],
    ['Trader', 'secret', 'Wrong username or password'],
    [undefined, 'secret', 'Wrong username or password']
  ])('username %s with password %s', async (username, password, refusal) => {
    expect(await verdict({ username: 'trader', passwordHash }, from('192.0.2.1'), username, password)).toBe(refusal)
  })

  it('the username alone is asked for where there is no password', async () => {
    expect(await verdict({ username: 'trader' }, from('192.0.2.1'), 'trader')).toBeUndefined()
    expect(await verdict({ username: 'trader' }, from('192.0.2.1'), 'other')).toBe('Wrong username or password')
  })

  it.each([
    ['10.1.2.3', undefined],
    ['10.2.2.3', 'Address is not allowed'],
    ['192.0.2.7', undefined],
    ['192.0.2.8', 'Address is not allowed'],
    ['2001:db8::17', undefined],
    ['2001:db9::17', 'Address is not allowed'],
    ['', 'Address is not allowed']
  ])('address "%s"', async (address, refusal) => {
    const addresses = ['10.1.0.0/16', '192.0.2.7', '2001:db8::/32']
    expect(await verdict({ addresses }, from(address))).toBe(refusal)
  })

  it.each([
    ['by common name', { commonName: 'myoms', fingerprint: '00' }, undefined],
    ['by fingerprint', { commonName: 'x', fingerprint: FINGERPRINT }, undefined],
    ['another', { commonName: 'other', fingerprint: '00' }, 'Client certificate is not allowed'],
    ['none', undefined, 'Client certificate is not allowed']
  ])('certificate: %s', async (_name, certificate, refusal) => {
    const certificates = ['CN=myoms', `SHA256=${FINGERPRINT.replaceAll(':', '').toLowerCase()}`]
    expect(await verdict({ certificates }, from('192.0.2.1', { certificate }))).toBe(refusal)
  })

  it('refuses unjudged what would wait too long, and judges the rest', async () => {
    const guard = new SessionGuard({ passwordHash: await cheapHash() }, new PasswordJudge())
    const verdicts = await Promise.all(
      Array.from({ length: 80 }, () => {
        const answer = guard.admit(from('192.0.2.1'), undefined, 'secret')
        return new Promise((resolve) => (typeof answer === 'function' ? answer(resolve) : resolve(answer)))
      })
    )
    expect(verdicts.filter((refusal) => refusal === 'Too many Logons at once')).toHaveLength(14)
    expect(verdicts.filter((refusal) => refusal === 'Wrong username or password')).toHaveLength(66)
  })
})

/** Costs next to nothing to check. */
function cheapHash(): Promise<string> {
  return Promise.resolve(`$scrypt$ln=1,r=1,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`)
}
