import type { DomainEvent } from '../../../domain/catalogue.ts'
import type { Fingerprint } from '../../../domain/kernel/ids.ts'
import { proofPurposes, reasons } from './reasons-in-words.ts'
import { timeText } from './time-text.ts'

/** Enough to tell the keys of an account apart. */
const shortened = (fingerprint: Fingerprint) => `${fingerprint.slice(0, 16)}…`

type Data<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>['data']

const words = {
  AccountIntroduced: ({ fingerprint }: Data<'AccountIntroduced'>) => `Account created with the key ${shortened(fingerprint)}`,
  IdentityLinked: ({ fingerprint }: Data<'IdentityLinked'>) => `Key ${shortened(fingerprint)} linked`,
  IdentityUnlinked: ({ fingerprint }: Data<'IdentityUnlinked'>) => `Key ${shortened(fingerprint)} unlinked; all other sessions ended`,
  SignatureAttempted: ({ accountId, deviceId }: Data<'SignatureAttempted'>) =>
    `Signature presented${accountId === null ? ' for an unknown key' : ''}${deviceId === null ? '' : ' on a known device'}`,
  SignatureAccepted: () => 'Signature accepted',
  SignatureRejected: () => 'Signature rejected',
  IdentityIntroduced: () => 'Key introduced with proof of possession',
  KeyClaimed: ({ fingerprint }: Data<'KeyClaimed'>) => `Key claimed for a rotation of ${shortened(fingerprint)}`,
  KeyProved: ({ purpose }: Data<'KeyProved'>) => `Challenge signed${proofPurposes[purpose]}`,
  KeyRotationProposed: ({ sequence, deadline }: Data<'KeyRotationProposed'>) =>
    `Rotation ${sequence} of the key proposed; it completes at ${timeText(deadline)}`,
  KeyRotationCancelled: ({ sequence }: Data<'KeyRotationCancelled'>) => `Rotation ${sequence} of the key cancelled`,
  KeyRotationCompleted: ({ sequence, effectiveAt }: Data<'KeyRotationCompleted'>) =>
    `Rotation ${sequence} of the key completed at ${timeText(effectiveAt)}; sessions of the old key ended`,
  BlobPublished: ({ version, size }: Data<'BlobPublished'>) => `Blob published (version ${version}, ${size} bytes)`,
  IdentityRetired: ({ because }: Data<'IdentityRetired'>) => `Key retired (${reasons[because]})`,
}

export type KeyEvent = Extract<DomainEvent, { type: keyof typeof words }>

export function isKeyEvent(event: DomainEvent): event is KeyEvent {
  return event.type in words
}

/** Of identities, and of logins with a key. */
export function describeKeyEvent(event: KeyEvent): string {
  const describe = words[event.type] as (data: KeyEvent['data']) => string
  return describe(event.data)
}
