import { isLeft } from 'fp-ts/lib/Either.js'
import { catalogue } from '../../domain/catalogue.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { idInStream, isLoginStream } from '../../domain/kernel/streams.ts'
import { timeOf } from '../../domain/login/events.ts'
import { upcasters } from '../../domain/upcasters.ts'
import type { SealedNumbers } from '../ports/sealed-numbers.ts'
import type { Vault } from '../ports/vault.ts'
import type { CommittedEvent } from './committed-events.ts'
import type { PublicEvent } from './public-event.ts'
import { type PersonalPurpose, publicFields, type Treatment } from './public-fields.ts'

const reader = eventReader(Object.values(catalogue).flat(), upcasters)

type Needs = {
  readonly vault: Pick<Vault, 'unseal'>
  readonly numbers: Pick<SealedNumbers, 'seal'>
  /** From the commit of the erasure on, before its key is deleted. */
  readonly isErased: (account: AccountId) => boolean
}

/** The log or a key cannot be had now. */
export class CannotOpenNow extends Error {}

const openWith =
  ({ vault }: Needs) =>
  async (purpose: PersonalPurpose, sealed: unknown): Promise<string | null> => {
    if (sealed === null) return null
    const opened = await vault.unseal(purpose, sealed as Sealed)()
    if (!isLeft(opened)) return opened.right
    if (opened.left.type === 'key_shredded') return null
    if (opened.left.type === 'corrupt') throw new Error('the personal data of an event does not open')
    throw new CannotOpenNow('the key of a person cannot be read')
  }

/** Null for what is not public: the type, and logins at an address that nobody has. Throws for an event that cannot be read. */
export const publishEvent = (needs: Needs) => {
  const open = openWith(needs)
  const shown = async (treatment: Treatment, value: unknown, stream: string, isErased: boolean) => {
    switch (treatment) {
      case 'clear':
        return value
      case 'time':
        return new Date(value as number)
      case 'stream':
        return idInStream(stream)
      default:
        return isErased ? null : open(treatment, value)
    }
  }
  return async ({ account, recorded }: CommittedEvent): Promise<PublicEvent | null> => {
    const decoded = reader.decode(recorded)
    const { stream, revision, position, eventId, metadata } = recorded
    if (isLeft(decoded)) throw new Error(`the event at revision ${revision} of ${stream} cannot be read`)
    const event = decoded.right
    const fields: Readonly<Record<string, Treatment>> | null = publicFields[event.type]
    if (fields === null || (account === null && isLoginStream(stream))) return null
    const isErased = account !== null && needs.isErased(account)
    const data: Record<string, unknown> = {}
    for (const [name, treatment] of Object.entries(fields)) {
      data[name] = await shown(treatment, (event.data as Readonly<Record<string, unknown>>)[name], stream, isErased)
    }
    const at = new Date(timeOf(event))
    return {
      ...{ id: eventId, position: needs.numbers.seal('event_position', position), type: event.type, at },
      ...{ accountId: account, actor: metadata.actor, data },
    } as PublicEvent
  }
}
