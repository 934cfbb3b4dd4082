import { isLoopback } from '../../network/is-loopback.ts'
import { reader } from '../readers.ts'

export function isTarget({ protocol, hostname, hash }: URL): boolean {
  return (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) && hash === ''
}

/** Whoever is in between may read and drop a checkpoint, but that is what it is for to prevent. */
export const checkpointUrl = reader('an https URL', (text) => (URL.canParse(text) && isTarget(new URL(text)) ? text : undefined))
