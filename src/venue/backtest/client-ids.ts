/**
 * The ids of an order file. A replace or cancel row may name just its order: FIX wants an id of its own for each request, so
 * one is made ("A1~2"), and reports are told under the order's name again.
 */
export class ClientIds {
  readonly #names = new Map<string, string>()
  readonly #requests = new Map<string, number>()

  /** A fresh request id for the order that the file calls `name`. */
  request(name: string): string {
    const count = (this.#requests.get(name) ?? 1) + 1
    this.#requests.set(name, count)
    const id = `${name}~${count}`
    this.#names.set(id, name)
    return id
  }

  /** The file's name behind a request id. */
  readonly nameOf = (clOrdId: string): string => this.#names.get(clOrdId) ?? clOrdId
}
