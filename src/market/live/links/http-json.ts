import { get as httpGet } from 'node:http'
import { get as httpsGet } from 'node:https'

/** Answers longer than this are given up. */
const MAX_BODY = 64 * 1024 * 1024
const TIMEOUT = 10_000
/** Characters of an answer that is none of what was asked for, which are told. */
const TOLD = 120

/** What an HTTP request came to: the body's text, or why there is none. */
export type HttpAnswer = { readonly text: string } | { readonly error: string; readonly retryAfter: number | undefined }

/**
 * GETs a text. The answer comes later, exactly once, unless it is cancelled.
 * @returns cancels the request
 */
export function getText(url: string, answer: (answer: HttpAnswer) => void): () => void {
  let done = false
  const tell = (result: HttpAnswer): void => {
    if (done) return
    done = true
    answer(result)
  }
  const fail = (error: string, retryAfter?: number): void => tell({ error, retryAfter })
  const request = (url.startsWith('https:') ? httpsGet : httpGet)(url, { timeout: TIMEOUT }, (response) => {
    const { statusCode = 0, headers } = response
    const chunks: Buffer[] = []
    let length = 0
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (length > MAX_BODY) request.destroy(new Error('the answer is too long'))
    })
    response.on('error', (error) => fail(error.message))
    response.on('end', () => {
      const seconds = Number(headers['retry-after'])
      const text = Buffer.concat(chunks).toString('utf8')
      if (statusCode === 200) return tell({ text })
      const said = text === '' ? '' : `: ${text.slice(0, TOLD)}`
      fail(`HTTP ${statusCode}${said}`, Number.isFinite(seconds) ? seconds : undefined)
    })
  })
  request.on('timeout', () => request.destroy(new Error('no answer within 10 s')))
  request.on('error', (error) => fail(error.message))
  return () => {
    done = true
    request.destroy()
  }
}
