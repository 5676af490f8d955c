import { type SourcePosition } from '../../base/user-error.js'

/** A dictionary as its file states it, before names are resolved. Every node knows where it stands. */
export interface DictionarySource {
  readonly beginString: string
  readonly header: MemberList
  readonly trailer: MemberList
  readonly messages: Map<string, MessageSource>
  readonly components: Map<string, ComponentSource>
  readonly fields: Map<string, FieldSource>
}

export interface FieldSource {
  readonly tag: number
  readonly name: string
  readonly typeName: string
  readonly values: Map<string, string>
  /** `allowOtherValues='Y'`: the values listed are not all. */
  readonly open: boolean
  readonly position: SourcePosition
}

export interface MessageSource extends MemberList {
  readonly name: string
  readonly msgType: string
  readonly category: 'admin' | 'app'
}

export interface ComponentSource extends MemberList {
  readonly name: string
}

/** Fields, components and groups in the order of the file. */
export interface MemberList {
  readonly members: MemberSource[]
  readonly position: SourcePosition
}

export type MemberSource = FieldRef | ComponentRef | GroupSource

interface Member {
  readonly name: string
  readonly required: boolean
  readonly position: SourcePosition
}

export interface FieldRef extends Member {
  readonly kind: 'field'
}

export interface ComponentRef extends Member {
  readonly kind: 'component'
}

export interface GroupSource extends Member, MemberList {
  readonly kind: 'group'
}
