import type { SignedHead } from '../open-proofs.ts'

/** Null once the checkpoint is there. The reason names no secret of the address. */
export type Send = (head: SignedHead) => Promise<string | null>

/** A witness is none: it is asked before anything is sent. */
export type SendingVariable = Target['name'] | 'PROOFS_WITNESSES'

export type Target = { readonly name: 'CHECKPOINT_FILE' | 'CHECKPOINT_URL' | 'CHECKPOINT_MAIL'; readonly send: Send }
