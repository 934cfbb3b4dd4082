import { uuidv7 } from 'uuidv7'
import type { NewId } from '../../application/ports/clock.ts'

/** In order of their making within this process, also inside one millisecond. */
export const newId: NewId = uuidv7
