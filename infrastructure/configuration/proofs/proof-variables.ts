import { mailFrom, secret, type Variable, whole, words } from '../readers.ts'
import { checkpointUrl } from './checkpoint-url.ts'
import { witnesses } from './witnesses.ts'

/** Who may read the proofs of the log, and where checkpoints are sent. */
export const proofVariables = {
  PROOFS_TOKEN: {
    reader: secret,
    defaultText: 'none',
    meaning: 'Bearer token with which tools read checkpoints, proofs and tiles of the log without a session, and nothing else.',
    isSecret: true,
  },
  CHECKPOINT_INTERVAL_SECONDS: {
    reader: whole(10, 604_800),
    fallback: '3600',
    meaning: 'How often a checkpoint of the log is sent to CHECKPOINT_FILE, CHECKPOINT_URL and CHECKPOINT_MAIL, if anything was recorded.',
  },
  CHECKPOINT_FILE: {
    reader: words('a path'),
    defaultText: 'none',
    meaning: 'File that gets the newest checkpoint, best on another machine. One that the log does not lead to is never replaced.',
    isSecret: false,
  },
  CHECKPOINT_URL: {
    reader: checkpointUrl,
    defaultText: 'none',
    meaning: 'URL to which checkpoints are sent with POST, as `text/plain`.',
    isSecret: true,
  },
  CHECKPOINT_MAIL: {
    reader: mailFrom,
    defaultText: 'none',
    meaning: 'Address to which checkpoints are mailed.',
    isSecret: true,
  },
  PROOFS_WITNESSES: {
    reader: witnesses,
    fallback: '',
    meaning:
      'Witnesses (C2SP `tlog-witness`) that cosign each checkpoint before it is sent, comma-separated: the submission prefix, a blank, and the verifier key of each.',
    isSecret: true,
  },
} as const satisfies Record<string, Variable<unknown>>
