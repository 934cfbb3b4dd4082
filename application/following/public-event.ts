import type { Brand } from 'io-ts'
import type { DomainEvent } from '../../domain/catalogue.ts'
import { publicFields } from './public-fields.ts'

type Rules = typeof publicFields

export type PublicEventType = { [Type in keyof Rules]: Rules[Type] extends null ? never : Type }[keyof Rules]

type DataOf<Type> = Extract<DomainEvent, { readonly type: Type }>['data']

type Plain<Value> = Value extends Brand<unknown> ? string : Value extends readonly (infer Item)[] ? readonly Plain<Item>[] : Value

type Shown<Data, Name, Treated> = Treated extends 'clear'
  ? Name extends keyof Data
    ? Plain<Data[Name]>
    : never
  : Treated extends 'time'
    ? Date
    : Treated extends 'stream'
      ? string
      : string | null

export type PublicData<Type extends PublicEventType> = {
  readonly [Name in keyof Rules[Type]]: Shown<DataOf<Type>, Name, Rules[Type][Name]>
}

/**
 * What a host sees of an event. `position` is opaque: give it to `follow` as `after`. `accountId` is null for events of no account. `actor`
 * is an account id, `anonymous`, `system`, or `system:` and a name. Personal text is null once the person was erased.
 */
export type PublicEvent<Type extends PublicEventType = PublicEventType> = {
  readonly [Each in Type]: {
    readonly id: string
    readonly position: string
    readonly type: Each
    readonly at: Date
    readonly accountId: string | null
    readonly actor: string
    readonly data: PublicData<Each>
  }
}[Type]

export const publicEventTypes: ReadonlySet<string> = new Set(
  Object.entries(publicFields).flatMap(([type, fields]) => (fields === null ? [] : [type])),
)
