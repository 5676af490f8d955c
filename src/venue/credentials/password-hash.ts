import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * A password as configuration keeps it: scrypt (RFC 7914) in the PHC string format,
 * `$scrypt$ln=15,r=8,p=1$SALT$HASH`: N = 2^ln, salt and hash in base64 without padding.
 */
export interface PasswordHash {
  readonly ln: number
  readonly r: number
  readonly p: number
  readonly salt: Buffer
  readonly hash: Buffer
}

/** 32 MiB and about a tenth of a second for each guess. */
const USUAL = { ln: 15, r: 8, p: 1 } as const
const SALT_BYTES = 16
const HASH_BYTES = 32
/** A hash that costs more than this to check is no hash of a password but a way to stop the venue. */
const MOST_MEMORY = 268_435_456
/** What the function needs besides, which counts where the rest is small. */
const SLACK = 1_048_576
const FORMAT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

/** Reads the text of a hash; undefined where it is none, or costs more to check than anyone should ask for. */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const match = FORMAT.exec(text)
  if (!match) return undefined
  const [ln, r, p] = match.slice(1, 4).map(Number)
  if (ln < 1 || r < 1 || p < 1 || p > 16 || memoryOf(ln, r) > MOST_MEMORY) return undefined
  return { ln, r, p, salt: Buffer.from(match[4], 'base64'), hash: Buffer.from(match[5], 'base64') }
}

/** The hash of a password with a new salt, as text. */
export async function hashPassword(password: string, salt: Buffer = randomBytes(SALT_BYTES)): Promise<string> {
  const { ln, r, p } = USUAL
  const hash = await derive(password, { ...USUAL, salt, hash: Buffer.alloc(HASH_BYTES) })
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`
}

/** Whether a password is that of a hash. The work is done off the event loop, the comparison takes the same time always. */
export async function isPassword(password: string, known: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, known), known.hash)
}

function derive(password: string, { ln, r, p, salt, hash }: PasswordHash): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: 2 * memoryOf(ln, r) + SLACK }
  return new Promise((resolve, reject) => {
    scrypt(Buffer.from(password, 'utf8'), salt, hash.length, options, (error, derived) => {
      if (error) reject(error)
      else resolve(derived)
    })
  })
}

const memoryOf = (ln: number, r: number): number => 128 * 2 ** ln * r

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
