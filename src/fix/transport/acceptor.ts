import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { UserError } from '../../base/user-error.js'

/** Where an acceptor listens. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** A TCP port that takes the connections of all acceptor sessions. */
export class Acceptor {
  readonly #server: Server
  readonly #failed: (error: Error) => void

  /** @param failed is told of faults behind listening, as when the process has no file handles left */
  constructor(accept: (socket: Socket) => void, failed: (error: Error) => void) {
    this.#server = createServer({ noDelay: true, allowHalfOpen: true }, accept)
    this.#failed = failed
  }

  /**
   * @param port 0 for any free one
   * @throws UserError where the port is in use or the host is not of this machine
   */
  listen(host: string, port: number): Promise<ListenAddress> {
    return new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException): void => reject(listenError(error, host, port))
      this.#server.once('error', failed)
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', failed).on('error', this.#failed)
        const { address, port: bound } = this.#server.address() as AddressInfo
        resolve({ host: address, port: bound })
      })
    })
  }

  /** Takes no more connections; those that stand are not touched. */
  close(): void {
    this.#server.close()
  }
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const cause = { cause: error }
  switch (error.code) {
    case 'EADDRINUSE':
      return new UserError(`cannot listen on ${host}:${port}: port ${port} is in use`, undefined, cause)
    case 'EACCES':
      return new UserError(`cannot listen on ${host}:${port}: port ${port} needs more rights`, undefined, cause)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UserError(`cannot listen on ${host}:${port}: ${host} is no address of this machine`, undefined, cause)
    default:
      return error
  }
}
