import { refoldJob } from '../../infrastructure/background/refold-job.ts'
import { replicaFile } from '../../infrastructure/cluster/replica.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import type { Hooks } from '../../infrastructure/observability/hooks.ts'
import type { Difference } from '../../projections/refold/difference.ts'
import type { Gatebook } from '../gatebook.ts'
import { type RefoldTask, runRefold } from './run-refold.ts'

/** A tenth of one core, and a minute at most. */
const gently: Pick<RefoldTask, 'samples' | 'rest' | 'within'> = { samples: 200, rest: 9, within: 60_000 }

const placeOf = (difference: Difference) =>
  'model' in difference
    ? `${difference.model} (${difference.what})`
    : `${difference.table}.${difference.what === 'different' ? difference.column : difference.what}`

type Compared = Pick<Gatebook, 'node' | 'isFresh' | 'dataDir' | 'ports'>

/** Of this process and its own file: each node of a cluster compares its own. */
export function keepRefolding(
  { node, isFresh, dataDir, ports }: Compared,
  { REFOLD_HOURS: hours }: Values,
  { onRefolded = () => {} }: Hooks,
) {
  const where =
    node === undefined ? { file: logFile(dataDir), kind: 'log' as const } : { file: replicaFile(dataDir), kind: 'copy' as const }
  return refoldJob({
    hours,
    isReady: () => isFresh?.() ?? true,
    compare: (onPlace) => runRefold({ ...where, ...gently }, { onDifference: (difference) => onPlace(placeOf(difference)) }),
    now: ports.journal.now,
    onRefolded,
  })
}
