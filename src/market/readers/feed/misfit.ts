/**
 * The file holds what its beginning did not let expect: another symbol, more decimals, a finer tick, a kind of fact. The
 * import begins again, after a survey of everything.
 */
export class Misfit extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'Misfit'
  }
}
