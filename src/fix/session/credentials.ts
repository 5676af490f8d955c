/** What an initiator logs on with: Username (553) and Password (554). */
export interface Credentials {
  readonly username?: string | undefined
  readonly password?: string | undefined
}
