import { BlockList, isIP } from 'node:net'

/** IP addresses and networks: "192.0.2.7", "10.0.0.0/8", "2001:db8::/32". */
export class AddressList {
  readonly #list = new BlockList()

  /** @throws RangeError where an entry is neither */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry)
  }

  has(address: string): boolean {
    const version = isIP(address)
    return version !== 0 && this.#list.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }

  #add(entry: string): void {
    const [address, prefix, ...more] = entry.split('/')
    const version = isIP(address)
    const most = version === 6 ? 128 : 32
    const bits = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
    if (version === 0 || more.length > 0 || !(bits <= most)) throw new RangeError(entry)
    this.#list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
  }
}
