import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Engine, EngineUser } from '#engine'
import { openEngine } from '#engine'
import type { ImportTarget } from '../../main/import/index.ts'

export const NOW = Date.parse('2026-01-31T12:00:00Z')

/** A fresh environment and its administrator's methods, with the clock and the ids that an import asks for; closed and removed after the test. */
export function newEnvironment(): Engine & EngineUser & ImportTarget {
  const folder = mkdtempSync(join(tmpdir(), 'cascade-import-'))
  let ids = 0
  const newId = () => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`
  const now = () => NOW
  const engine = openEngine({ path: join(folder, 'test.cascade'), now, newId, mode: 'create' })
  onTestFinished(() => {
    engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { ...engine, ...engine.as(engine.info().administratorId), newId, now }
}
