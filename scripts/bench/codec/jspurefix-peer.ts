import 'reflect-metadata'
import { AsciiParser, DefinitionFactory, type ElasticBuffer, type MsgView } from 'jspurefix'
import { SessionContainer } from 'jspurefix/dist/runtime/index.js'
import { makeSessionScope } from 'jspurefix/dist/runtime/session-scope.js'
import { DITokens } from 'jspurefix/dist/runtime/di-tokens.js'
import { type IJsFixConfig } from 'jspurefix/dist/config/js-fix-config.js'

const SOH = 1

/**
 * jspurefix 5.11 parsing the same bytes with its own FIX 4.4 dictionary. Its parser frames, tokenises and finds the
 * structure of a message in one; the fields are then read through its view.
 * @returns a function that parses a stream of whole messages and calls `visit` for each.
 */
export async function jspurefixParser(visit: (view: MsgView) => void): Promise<(stream: Buffer) => void> {
  const container = new SessionContainer()
  container.registerGlobal('error')
  const system = await container.makeSystem({
    application: {
      type: 'initiator',
      name: 'bench',
      reconnectSeconds: 10,
      protocol: 'ascii',
      dictionary: 'qf44',
      tcp: { host: 'localhost', port: 1 }
    },
    EncryptMethod: 0,
    ResetSeqNumFlag: true,
    HeartBtInt: 30,
    SenderCompId: 'PAPERPIT',
    TargetCompID: 'OMS1',
    BeginString: 'FIX.4.4'
  } as never)
  const config = system.resolve<IJsFixConfig>(DITokens.IJsFixConfig)
  config.definitions = await new DefinitionFactory().getDefinitions('qf44')
  config.delimiter = SOH
  // Parser and parser state share the buffer that the session's container holds.
  const session = makeSessionScope(config)
  const buffer = session.sessionContainer.resolve<ElasticBuffer>(DITokens.ParseBuffer)
  const parser = new AsciiParser(session, null, buffer)
  parser.on('error', (error: Error) => {
    throw error
  })
  parser.on('msg', (_msgType: string, view: MsgView) => visit(view))
  return (stream) => parser.parseBuffer(stream)
}
