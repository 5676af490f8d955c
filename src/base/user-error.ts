/** Where a fault stands in a file that a person wrote. Lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/**
 * A mistake of the person who runs the program: bad arguments, configuration or data. It is shown as one sentence with
 * its position and what was expected, never with a stack trace; the process ends with exit code 2.
 */
export class UserError extends Error {
  readonly position: SourcePosition | undefined
  /** The message without its position. */
  readonly problem: string

  constructor(message: string, position?: SourcePosition, options?: ErrorOptions) {
    super(position ? `${formatPosition(position)} ${message}` : message, options)
    this.name = 'UserError'
    this.position = position
    this.problem = message
  }
}

/** "venue.yaml:9:15" */
export function formatPosition({ file, line, column }: SourcePosition): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}
