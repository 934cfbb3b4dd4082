import type { QueueMail } from '../../../application/ports/mail.ts'
import type { Values } from '../../configuration/variables.ts'
import type { Proofs } from '../open-proofs.ts'
import type { Target } from './target.ts'
import { toFile } from './to-file.ts'
import { toMail } from './to-mail.ts'
import { toUrl } from './to-url.ts'

type Configured = Pick<Values, 'CHECKPOINT_FILE' | 'CHECKPOINT_URL' | 'CHECKPOINT_MAIL'>

export function checkpointTargets(
  { CHECKPOINT_FILE: file, CHECKPOINT_URL: url, CHECKPOINT_MAIL: address }: Configured,
  { leadsTo }: Pick<Proofs, 'leadsTo'>,
  send: QueueMail,
): readonly Target[] {
  return [
    ...(file === undefined ? [] : [{ name: 'CHECKPOINT_FILE', send: toFile(file, leadsTo) } as const]),
    ...(url === undefined ? [] : [{ name: 'CHECKPOINT_URL', send: toUrl(url) } as const]),
    ...(address === undefined ? [] : [{ name: 'CHECKPOINT_MAIL', send: toMail(address, send) } as const]),
  ]
}
