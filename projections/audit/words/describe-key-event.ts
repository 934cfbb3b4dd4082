import type { DomainEvent } from '../../../domain/catalogue.ts'
import type { Fingerprint } from '../../../domain/kernel/ids.ts'
import { proofPurposes, reasons } from './reasons-in-words.ts'
import { timeText } from './time-text.ts'

type Types =
  | 'SignatureAttempted'
  | 'SignatureAccepted'
  | 'SignatureRejected'
  | 'IdentityIntroduced'
  | 'KeyClaimed'
  | 'KeyProved'
  | 'KeyRotationProposed'
  | 'KeyRotationCancelled'
  | 'KeyRotationCompleted'
  | 'BlobPublished'
  | 'IdentityRetired'

type KeyEvent = Extract<DomainEvent, { type: Types }>

/** Enough to tell the keys of an account apart. */
export function shortened(fingerprint: Fingerprint) {
  return `${fingerprint.slice(0, 16)}…`
}

const describeAttempt = ({ accountId, deviceId }: Extract<DomainEvent, { type: 'SignatureAttempted' }>['data']) =>
  `Signature presented${accountId === null ? ' for an unknown key' : ''}${deviceId === null ? '' : ' on a known device'}`

/** Of identities, and of logins with a key. */
export function describeKeyEvent(event: KeyEvent): string {
  switch (event.type) {
    case 'SignatureAttempted':
      return describeAttempt(event.data)
    case 'SignatureAccepted':
      return 'Signature accepted'
    case 'SignatureRejected':
      return 'Signature rejected'
    case 'IdentityIntroduced':
      return 'Key introduced with proof of possession'
    case 'KeyClaimed':
      return `Key claimed for a rotation of ${shortened(event.data.fingerprint)}`
    case 'KeyProved':
      return `Challenge signed${proofPurposes[event.data.purpose]}`
    case 'KeyRotationProposed':
      return `Rotation ${event.data.sequence} of the key proposed; it completes at ${timeText(event.data.deadline)}`
    case 'KeyRotationCancelled':
      return `Rotation ${event.data.sequence} of the key cancelled`
    case 'KeyRotationCompleted':
      return `Rotation ${event.data.sequence} of the key completed at ${timeText(event.data.effectiveAt)}; sessions of the old key ended`
    case 'BlobPublished':
      return `Blob published (version ${event.data.version}, ${event.data.size} bytes)`
    case 'IdentityRetired':
      return `Key retired (${reasons[event.data.because]})`
  }
}
