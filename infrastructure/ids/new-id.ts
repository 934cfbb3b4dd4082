import { uuidv7 } from 'uuidv7'
import type { NewId } from '../../application/ports/clock.ts'

/** Ids are ordered within this process, even in the same millisecond. */
export const newId: NewId = uuidv7
