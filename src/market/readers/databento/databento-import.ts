import { UserError } from '../../../base/user-error.js'
import { nanos } from '../../../base/time.js'
import { instrument } from '../../../exchange/instrument.js'
import { instrumentNo } from '../../../exchange/units.js'
import type { TapeMetadata } from '../../tape/tape-metadata.js'
import { TapeWriter } from '../../tape/tape-writer.js'
import { Faults } from '../faults.js'
import { sourcesOf } from '../file-sources.js'
import type { ImportOptions, ImportSummary } from '../import-options.js'
import { EventHold } from './event-hold.js'
import { notesOf } from './import-notes.js'
import { feedOf, marketFiles, tells, writerOf } from './import-plan.js'
import { ImportProgress } from './import-progress.js'
import { InstrumentFinder, PASSED_OVER, UNKNOWN } from './instrument-finder.js'
import { listInstruments, needsSurvey } from './instrument-list.js'
import { InstrumentNames } from './instrument-names.js'
import { InstrumentSurvey } from './instrument-survey.js'
import { factsOf, openFile } from './open-file.js'
import { isOffBook } from './publishers.js'
import { RTYPE, TRADE } from './record.js'
import { RecordClock } from './record-clock.js'
import { PriceUnits } from './record-writer.js'
import { StatusPhases } from './status-phases.js'

/**
 * Turns Databento files, binary (DBN 1 to 3) or CSV, into a tape, in bounded memory. Market data of one schema, which may be
 * several files in a row (days); files of definitions beside them name the instruments and their ticks.
 * @throws UserError where a file is damaged or not what is expected, with its position.
 */
export async function importDatabento(
  paths: readonly string[],
  out: string,
  options: ImportOptions = {}
): Promise<ImportSummary> {
  const started = process.hrtime.bigint()
  const outside = { error: (problem: string) => new UserError(problem) }
  const ahead = (): Faults => new Faults(outside, options.onError)
  const files = []
  for (const path of paths) files.push(await factsOf(path, ahead(), (content) => tells(content, options)))
  const data = marketFiles(files)
  const content = data[0].content!
  const feed = feedOf(content, options, data[0].path)
  const progress = new ImportProgress(options, files, data)

  const epoch = Math.min(...data.map((file) => file.epoch))
  const names = new InstrumentNames(
    data.flatMap(({ mappings }) => mappings),
    epoch
  )
  const survey = new InstrumentSurvey(names)
  for (const { path } of files.filter((file) => !data.includes(file))) {
    const file = await openFile(path, ahead())
    await survey.read(file, undefined, () => progress.at(file.position))
    progress.done(file.size)
  }
  const knowledge = { dataset: data[0].dataset, names, definitions: survey.definitions }
  const surveyed = needsSurvey(knowledge, options)
  for (const { path, size } of surveyed ? data : []) {
    const file = await openFile(path, new Faults(outside, 'skip'))
    file.epoch = epoch
    await survey.read(file, content, () => progress.at(file.position))
    progress.done(size)
  }
  const list = listInstruments({ ...knowledge, survey: surveyed ? survey : undefined }, feed, options, data[0].path)
  if (!surveyed) progress.skipSurvey(data)

  const instruments = list.terms.map((terms, no) => instrument(instrumentNo(no), terms))
  const metadata: TapeMetadata = {
    instruments: list.terms,
    source: `Databento${knowledge.dataset === '' ? '' : ` ${knowledge.dataset}`} ${content}`,
    timeZone: 'UTC',
    createdFrom: sourcesOf(paths)
  }
  const offTick = list.shares && options.tick === undefined ? { offTick: 'skip' as const } : {}
  const faults = new Faults(outside, options.onError, offTick)
  const tape = new TapeWriter(out, metadata, epoch)
  try {
    const units = new PriceUnits(instruments)
    const single = writerOf(content, tape, instruments, feed, faults, units)
    const writer = instruments.length > 1 ? new EventHold(single, tape, instruments.length) : single
    const phases = new StatusPhases(tape, writer, instruments.length)
    const finder = new InstrumentFinder(names, list)
    for (const { path } of files.filter((file) => file.content === 'status')) {
      await phases.read(path, epoch, finder, faults)
    }
    const clock = new RecordClock(faults)
    const pass = { records: 0, others: 0, passedOver: 0, otherVenues: 0 }
    for (const { path, size } of data) {
      const file = await openFile(path, faults)
      file.epoch = epoch
      for (;;) {
        while (file.next()) write(file.record)
        progress.at(file.position)
        if (!(await file.more())) break
        write(file.record)
      }
      progress.done(size)

      function write(record: typeof file.record): void {
        if (record.content === 'status') {
          phases.note(file, finder)
          return
        }
        if (record.content !== content) {
          if (record.rtype === RTYPE.symbolMapping) finder.hear(file)
          pass.others++
          return
        }
        const no = finder.numberOf(file)
        if (no === PASSED_OVER) pass.passedOver++
        else if (no === UNKNOWN) {
          faults.repairs('unknownInstrument', () => `nothing names the instrument ${record.instrumentId}`)
        }
        if (no < 0) return
        const offBook = isOffBook(record.publisherId)
        if (!offBook && !finder.isOfVenue(file, no)) {
          pass.otherVenues++
          return
        }
        const time = clock.timeOf(record)
        if (Number.isNaN(time)) return
        phases.before(time)
        pass.records++
        if (record.action === TRADE && !offBook) phases.trade(time, instrumentNo(no))
        if (offBook) writer.offBook(record, nanos(time), instrumentNo(no))
        else writer.write(record, nanos(time), instrumentNo(no))
      }
    }
    phases.before(Number.POSITIVE_INFINITY)
    writer.finish(Number.POSITIVE_INFINITY)
    if (clock.first === undefined || tape.rows === 0) {
      throw new UserError('the file has no market data that a tape could tell', { file: data[0].path })
    }
    tape.close()
    const counts = {
      ...writer.counts,
      phases: phases.rows.count,
      timesRaised: clock.raised,
      roundedPrints: units.rounded,
      otherRecords: pass.others,
      otherInstruments: pass.passedOver,
      otherVenues: pass.otherVenues,
      ...faults.counts()
    }
    return {
      out,
      format: 'databento',
      feed,
      symbols: list.terms.map(({ symbol }) => symbol),
      epoch,
      start: clock.first,
      end: nanos(tape.lastTime),
      events: pass.records,
      rows: tape.rows,
      counts,
      notes: notesOf(counts, list, faults, content),
      seconds: Number(process.hrtime.bigint() - started) / 1e9
    }
  } catch (error) {
    tape.abandon()
    throw error
  }
}
