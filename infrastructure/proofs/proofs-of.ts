import type { Ports } from '../../application/needs.ts'
import type { ObserveCommits } from '../../application/ports/commit-observer.ts'
import { replicaFile } from '../cluster/replica.ts'
import { witnessesIn } from '../configuration/proofs/witnesses.ts'
import type { Values } from '../configuration/variables.ts'
import { logFile } from '../data-dir/open-data-dir-log.ts'
import type { LogStorage } from '../event-store/log-storage.ts'
import type { Hooks } from '../observability/hooks.ts'
import { openProofs, type Proofs } from './open-proofs.ts'
import { checkpointTargets } from './sending/checkpoint-targets.ts'
import { sendCheckpoints } from './sending/send-checkpoints.ts'
import { askWitnesses } from './witnesses/ask-witnesses.ts'

type Needs = Pick<LogStorage, 'node' | 'isFresh'> & {
  readonly ports: Pick<Ports, 'journal' | 'crypto' | 'mail'>
  readonly readModelPosition: () => number
  readonly observeCommits: ObserveCommits
  readonly dataDir: string
}

/** A node may have copied what a leader recorded that had lost the others: the log can take that back. */
const throughOf = ({ node, isFresh, readModelPosition }: Needs) => {
  if (node === undefined) return readModelPosition()
  return isFresh?.() === true ? node.confirmed() : undefined
}

/** The proofs of an open Gatebook, whose checkpoints are sent where the configuration says. */
export function proofsOf(
  gatebook: Needs,
  values: Values,
  { onProofs = () => {}, onCheckpointSent = () => {}, onWitness = () => {} }: Hooks,
): Proofs {
  const { ports, node, dataDir, observeCommits } = gatebook
  const { PUBLIC_ORIGIN: origin, CHECKPOINT_INTERVAL_SECONDS: seconds } = values
  const proofs = openProofs({
    journal: ports.journal,
    crypto: ports.crypto,
    file: node === undefined ? logFile(dataDir) : replicaFile(dataDir),
    kind: node === undefined ? 'log' : 'copy',
    through: () => throughOf(gatebook),
    observeCommits,
    onFailure: onProofs,
    host: origin === undefined ? 'localhost' : new URL(origin).host,
  })
  const targets = checkpointTargets(values, proofs, ports.mail.send)
  const witnesses = witnessesIn(values.PROOFS_WITNESSES)
  const cosign = witnesses.length === 0 ? undefined : askWitnesses(witnesses, proofs, onWitness)
  const sending = sendCheckpoints({ ...proofs, targets, interval: seconds * 1_000, onOutcome: onCheckpointSent, cosign })
  const close = async () => {
    await sending.close()
    await proofs.close()
  }
  return { ...proofs, close }
}
