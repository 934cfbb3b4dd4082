import type { LineLogger } from '../../application/line-logger.ts'
import { othersMayReadKey } from '../sealing/keys/master-key.ts'
import type { Values } from './variables.ts'
import { warnings } from './warnings.ts'

export function logWarnings(logger: Pick<LineLogger, 'warn'>, values: Values): void {
  for (const warning of warnings(values)) logger.warn(warning)
  if (values.MASTER_KEY_FILE !== undefined && othersMayReadKey(values.MASTER_KEY_FILE)) {
    logger.warn('other users may read the file that MASTER_KEY_FILE names')
  }
  if (values.SERVICE_TOKENS_FILE !== undefined && othersMayReadKey(values.SERVICE_TOKENS_FILE)) {
    logger.warn('other users may read the file that SERVICE_TOKENS_FILE names')
  }
}
