import { readFileSync } from 'node:fs'
import { checkpointsIn } from '../../infrastructure/event-store/sqlite/proofs/tree/checkpoints.ts'
import { tilesIn } from '../../infrastructure/event-store/sqlite/proofs/tree/tiles.ts'
import type { KnownHead } from '../../infrastructure/event-store/sqlite/proofs/verify/finding.ts'
import { keysInLog } from '../../infrastructure/event-store/sqlite/proofs/verify/log-keys.ts'
import { signedHead, type TrustedKeys } from '../../infrastructure/event-store/sqlite/proofs/verify/signed-heads.ts'
import { verifyProofs } from '../../infrastructure/event-store/sqlite/proofs/verify/verify-log.ts'
import { codeOf, startFailure } from '../../infrastructure/event-store/sqlite/sqlite-error.ts'
import { cosignatureBy } from '../../infrastructure/proofs/notes/cosignature.ts'
import { type NoteKey, readNote, readVerifierKey } from '../../infrastructure/proofs/notes/signed-note.ts'
import { stopWith } from '../fail.ts'
import { exits } from '../operator/exit-codes.ts'
import { progressOn } from '../progress.ts'
import { openVerified, type Verified } from './open-verified.ts'
import { verificationText } from './verification-text.ts'
import { verifiedExportText, verifyExportFile } from './verify-export.ts'

export type VerifyOptions = {
  readonly checkpoint?: readonly string[]
  readonly vkey?: string
  /** Verifier keys of cosignatures. */
  readonly witness?: readonly string[]
  readonly proofs?: string
  readonly json?: boolean
  readonly export?: string
}

const opened = (file: string | undefined, proofs: string | undefined): Verified => {
  try {
    return openVerified(file, proofs)
  } catch (error) {
    return stopWith(exits.failed, startFailure(error, proofs ?? file ?? 'the log').detail)
  }
}

const readFileOf = (file: string) => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return stopWith(exits.failed, `${file} cannot be read: ${codeOf(error)}`)
  }
}

const keyOf = (vkey: string | undefined): NoteKey | undefined => {
  const key = vkey === undefined ? undefined : readVerifierKey(vkey)
  if (vkey !== undefined && key === undefined)
    stopWith(exits.wrongArguments, '--vkey: expected name+hash+key, as gatebook checkpoint prints it')
  return key
}

const witnessesOf = (vkeys: readonly string[]): readonly NoteKey[] =>
  vkeys.map(
    (vkey) =>
      readVerifierKey(vkey, 'cosignature') ??
      stopWith(exits.wrongArguments, '--witness: expected name+hash+key of a witness, a verifier key of cosignatures'),
  )

const mustBeCosigned = (file: string, text: string, witnesses: readonly NoteKey[]) => {
  const note = readNote(text)
  for (const witness of witnesses) {
    if (note === undefined || cosignatureBy(note, witness) === undefined)
      stopWith(exits.refused, `${file} has no valid cosignature of ${witness.name}`)
  }
}

const fromOutside = (files: readonly string[], keys: TrustedKeys, witnesses: readonly NoteKey[]): readonly KnownHead[] =>
  files.map((file) => {
    const text = readFileOf(file)
    mustBeCosigned(file, text, witnesses)
    return (
      signedHead(text, `the checkpoint in ${file}`, keys) ??
      stopWith(exits.refused, `${file} is no checkpoint that ${keys.key === undefined ? 'a key of this log' : 'this key'} has signed`)
    )
  })

/** Those of another key, such as one that was retired, say nothing here. */
const ownHeads = ({ proofs }: Verified, keys: TrustedKeys): readonly KnownHead[] =>
  proofs === null
    ? []
    : [...checkpointsIn(proofs).all()].flatMap(({ size, note }) => signedHead(note, `the checkpoint of size ${size}`, keys) ?? [])

/** The log first: what does not fit its own proofs proves no export. */
export async function verify(file: string | undefined, options: VerifyOptions): Promise<void> {
  const { checkpoint: files = [], vkey, witness = [], proofs, json = false, export: exported } = options
  const key = keyOf(vkey)
  const witnesses = witnessesOf(witness)
  if (witnesses.length > 0 && files.length === 0) stopWith(exits.wrongArguments, '--witness: expected --checkpoint too')
  const verified = opened(file, proofs)
  const keys = { key, inLog: keysInLog(verified.log) }
  const heads = [...fromOutside(files, keys, witnesses), ...ownHeads(verified, keys)]
  if (verified.proofs === null && heads.length === 0) {
    stopWith(exits.wrongArguments, 'There is nothing to compare the log with: expected --checkpoint or --proofs')
  }
  const tiles = verified.proofs === null ? null : tilesIn(verified.proofs)
  const display = progressOn(process.stderr, 'verify')
  const result = verifyProofs(verified.log, { tiles, heads, onProgress: display.update })
  display.stop()
  const told = {
    ...result,
    root: Buffer.from(result.root).toString('base64'),
    file: verified.file,
    leaves: tiles?.size() ?? 0,
    checkpoints: heads.length,
  }
  const compared = exported === undefined || result.finding !== null ? null : await verifyExportFile(exported, verified)
  verified.log.close()
  verified.proofs?.close()
  const isFitting = result.finding === null && (compared?.findings.length ?? 0) === 0
  const texts = [verificationText(told, key !== undefined), ...(compared === null ? [] : [verifiedExportText(compared)])]
  console.log(json ? JSON.stringify({ ok: isFitting, ...told, export: compared }) : texts.join('\n'))
  if (!isFitting) process.exitCode = exits.refused
}
