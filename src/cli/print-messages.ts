import { fieldOf } from '../fix/dictionary/dictionary.js'
import { loadDictionary } from '../fix/dictionary/load-dictionary.js'
import { isoTime } from '../base/iso-time.js'
import type { JournalReader, MessageRecord } from '../journal/journal.js'
import { messageText, msgTypeOf } from '../journal/message-text.js'
import { openJournalReader } from '../journal/open-journal-reader.js'
import { VENUE_DICTIONARY } from '../venue/serve/venue-dictionary.js'
import { LineFile } from './line-file.js'
import { fieldLine, namedFields, type FieldNames } from './message-fields.js'
import { messageFilter, type MessageFilterArguments } from './message-filter.js'

export interface PrintMessagesArguments extends MessageFilterArguments {
  readonly journal: string
  readonly decode: boolean
  readonly dictionary: string | undefined
  readonly json: boolean
  readonly out: string | undefined
}

/** Prints the messages of a journal that are asked for, in the order of recording. */
export function printMessages(args: PrintMessagesArguments): void {
  const names = args.decode ? fieldNames(args.dictionary ?? VENUE_DICTIONARY) : undefined
  const reader = openJournalReader(args.journal)
  const out = new LineFile(args.out)
  try {
    const wanted = messageFilter(args, reader)
    const print = args.json ? jsonPrinter(out, reader, names) : textPrinter(out, reader, names)
    reader.forEach({
      message(message) {
        if (wanted(message)) print(message)
      }
    })
  } finally {
    out.close()
    reader.close()
  }
}

function fieldNames(dictionaryFile: string): FieldNames {
  const dictionary = loadDictionary(dictionaryFile)
  return {
    nameOf: (tag) => fieldOf(dictionary, tag)?.name,
    meaningOf: (tag, value) => fieldOf(dictionary, tag)?.values?.get(value)
  }
}

type Printer = (message: MessageRecord) => void

function textPrinter(out: LineFile, { sessionNames, facts }: JournalReader, names: FieldNames | undefined): Printer {
  return ({ wallTime, session, direction, bytes }) => {
    const head = `${isoTime(wallTime, facts.wallEpoch)} ${direction.padEnd(3)} ${sessionNames[session]}`
    out.write(`${head} ${messageText(bytes)}`)
    if (names) for (const field of namedFields(bytes.toString('latin1'), names)) out.write(fieldLine(field))
  }
}

function jsonPrinter(out: LineFile, { sessionNames, facts }: JournalReader, names: FieldNames | undefined): Printer {
  return ({ turn, session, direction, msgSeqNum, wallTime, venueTime, bytes }) => {
    out.write(
      JSON.stringify({
        turn,
        session: sessionNames[session],
        direction,
        msgSeqNum,
        msgType: msgTypeOf(bytes),
        wallTime: isoTime(wallTime, facts.wallEpoch),
        venueTime: isoTime(venueTime, facts.epoch),
        text: messageText(bytes),
        fields: names && namedFields(bytes.toString('latin1'), names)
      })
    )
  }
}
