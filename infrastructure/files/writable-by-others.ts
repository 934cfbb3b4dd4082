import { realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const groupMayWrite = 0o020
const othersMayWrite = 0o002
const setGroupId = 0o2000
const sticky = 0o1000

/** Kubernetes gives a volume to the group of the pod (`fsGroup`): owner root, the set-group-id bit, and a group of this process. */
const isVolumeOfPod = ({ uid, gid, mode }: { readonly uid: number; readonly gid: number; readonly mode: number }) => {
  const own = process.getuid?.()
  const groups = [process.getgid?.(), ...(process.getgroups?.() ?? [])]
  return uid === 0 && own !== 0 && (mode & setGroupId) !== 0 && groups.includes(gid)
}

/** Without the sticky bit, whoever may write a folder can rename or remove what others have in it. */
const isOpenAbove = (folder: string): boolean => {
  const { mode } = statSync(folder)
  if ((mode & othersMayWrite) !== 0 && (mode & sticky) === 0) return true
  const above = dirname(folder)
  return above !== folder && isOpenAbove(above)
}

/** Whether other users can replace what is in the folder, or the folder itself. */
export function othersMayWriteFolder(folder: string): boolean {
  const path = realpathSync(folder)
  const found = statSync(path)
  if ((found.mode & othersMayWrite) !== 0) return true
  if ((found.mode & groupMayWrite) !== 0 && !isVolumeOfPod(found)) return true
  return isOpenAbove(dirname(path))
}
