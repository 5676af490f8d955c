import { UserError } from '../../base/user-error.js'
import { compileFields, type FieldTables } from './compile-fields.js'
import { type Dictionary } from './dictionary.js'
import { type DictionarySource, type GroupSource, type MemberSource, type MessageSource } from './dictionary-source.js'
import { FieldType } from './field-type.js'
import { type GroupLayout, type MessageLayout, Place, PLACE_MASK, REQUIRED } from './layout.js'

/** Compiles a dictionary's source to the tables that reading and validating use. @throws UserError at what is wrong. */
export function compileDictionary(source: DictionarySource): Dictionary {
  const fields = compileFields(source)
  const compiler = new LayoutCompiler(source, fields)
  const messages = new Map<string, MessageLayout>()
  for (const message of source.messages.values()) messages.set(message.msgType, compiler.message(message))
  return { ...fields, beginString: source.beginString, messages }
}

/** Resolves names to tags and components to their fields. Groups are shared by all messages that hold them. */
class LayoutCompiler {
  readonly #source: DictionarySource
  readonly #fields: FieldTables
  readonly #groups = new Map<GroupSource, GroupLayout>()

  constructor(source: DictionarySource, fields: FieldTables) {
    this.#source = source
    this.#fields = fields
  }

  message(message: MessageSource): MessageLayout {
    const place = new Uint8Array(this.#fields.fields.length)
    const required: number[] = []
    const groups = new Map<number, GroupLayout>()
    const add = (members: readonly MemberSource[], where: number): void => {
      for (const { member, tag, mandatory } of this.#flatten(members)) {
        const slot = this.#fields.slots[tag]
        if ((place[slot] & PLACE_MASK) !== Place.None)
          throw new UserError(`"${member.name}" appears twice in ${message.name}`, member.position)
        place[slot] = mandatory ? where | REQUIRED : where
        if (mandatory) required.push(tag)
        if (member.kind === 'group') groups.set(tag, this.#group(member, tag))
      }
    }
    add(this.#source.header.members, Place.Header)
    add(message.members, Place.Body)
    add(this.#source.trailer.members, Place.Trailer)
    const { msgType, name, category } = message
    // Only Heartbeat and Logout could do without fields of their own, and they have some: none means none were written down.
    const listedOnly = message.members.length === 0
    return { msgType, name, category, listedOnly, place, required, groups }
  }

  #group(group: GroupSource, countTag: number): GroupLayout {
    const known = this.#groups.get(group)
    if (known !== undefined) return known
    const position = new Uint16Array(this.#fields.fields.length)
    const members: number[] = []
    const required: number[] = []
    const groups = new Map<number, GroupLayout>()
    for (const { member, tag, mandatory } of this.#flatten(group.members)) {
      const slot = this.#fields.slots[tag]
      if (position[slot] !== 0)
        throw new UserError(`"${member.name}" appears twice in the group ${group.name}`, member.position)
      members.push(tag)
      position[slot] = members.length
      if (mandatory && members.length > 1) required.push(tag)
      if (member.kind === 'group') groups.set(tag, this.#group(member, tag))
    }
    if (members.length === 0) throw new UserError(`the group ${group.name} has no fields`, group.position)
    const layout: GroupLayout = { countTag, delimiter: members[0], members, position, required, groups }
    this.#groups.set(group, layout)
    return layout
  }

  /**
   * Members with components replaced by what they hold. What an optional component requires is not required of the
   * message, as it may be absent as a whole.
   */
  #flatten(
    members: readonly MemberSource[],
    mandatory: boolean = true,
    through: readonly string[] = []
  ): { readonly member: MemberSource; readonly tag: number; readonly mandatory: boolean }[] {
    return members.flatMap((member) => {
      if (member.kind === 'component') {
        const component = this.#source.components.get(member.name)
        if (component === undefined) throw new UserError(`no component "${member.name}"`, member.position)
        if (through.includes(member.name))
          throw new UserError(`the component "${member.name}" holds itself`, member.position)
        return this.#flatten(component.members, mandatory && member.required, [...through, member.name])
      }
      const tag = this.#fields.tags.get(member.name)
      if (tag === undefined) throw new UserError(`no field "${member.name}"`, member.position)
      const isCount = this.#fields.types[this.#fields.slots[tag]] === FieldType.NumInGroup
      if (member.kind === 'group' && !isCount)
        throw new UserError(`the group "${member.name}" needs a field of type NUMINGROUP`, member.position)
      return [{ member, tag, mandatory: mandatory && member.required }]
    })
  }
}
