import { UserError } from '../../../base/user-error.js'
import { ByteChunks } from '../byte-chunks.js'
import { LineReader } from '../line-reader.js'
import { TickSurvey } from '../tick-survey.js'
import { EXECUTION, MessageReader } from './message.js'

/** Messages that are looked at. */
const ENOUGH = 10_000
/** 10^-9 in a price unit of 1/10,000. */
const BILLIONTHS = 100_000

/** The tick that the first orders of a message file show: a cent, or 1/10,000 for a stock that is quoted below a dollar. */
export async function surveyTick(messageFile: string): Promise<string> {
  const lines = new LineReader(new ByteChunks(messageFile))
  const messages = new MessageReader(lines)
  const survey = new TickSurvey()
  for (let n = 0; n < ENOUGH && (lines.next() || (await more())); n++) {
    try {
      const { type, price } = messages.read()
      if (type <= EXECUTION) survey.see(price * BILLIONTHS)
    } catch (error) {
      // What is wrong with a line is told when it is read for good.
      if (!(error instanceof UserError)) throw error
    }
  }
  await lines.close()
  return survey.shareTick

  async function more(): Promise<boolean> {
    try {
      return await lines.more()
    } catch (error) {
      if (error instanceof UserError) return false
      throw error
    }
  }
}
