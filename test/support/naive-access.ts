import type { AccessRight, Depth, TablePrivilege } from '#engine/contract/security'
import { ACCESS_RIGHTS, DEPTHS } from '#engine/contract/security'

/** Who is there, in plain lists. */
export interface NaiveWorld {
  units: { id: string; parent: string | null }[]
  roles: { name: string; tables: Record<string, Partial<Record<TablePrivilege, Depth>>> }[]
  users: { id: string; unit: string; roles: string[] }[]
  team: { id: string; unit: string; roles: string[]; members: string[] }
}

export interface NaiveRecord {
  table: string
  id: string
  owner: string
  parent: string | null
  isActive: boolean
}

type Rights = Set<AccessRight>

interface Kept extends NaiveRecord {
  direct: Map<string, Rights>
  inherited: Map<string, Rights>
}

/** Access, record by record, as the rules say it, without SQL and without sets: what the engine is compared with. */
export class NaiveAccess {
  readonly records = new Map<string, Kept>()
  readonly world: NaiveWorld

  constructor(world: NaiveWorld) {
    this.world = world
  }

  // ── What may be done ───────────────────────────────────────────────────────────────────────────

  rightsTo(user: string, record: NaiveRecord): AccessRight[] {
    return ACCESS_RIGHTS.filter((right) => this.#isGranted(user, record as Kept, right))
  }

  readable(user: string, table: string): string[] {
    return [...this.records.values()]
      .filter((record) => record.table === table && this.#isGranted(user, record, 'Read'))
      .map(({ id }) => id)
      .sort()
  }

  /** Whether a new owner can read these tables. */
  canOwn(principal: string, tables: string[]): boolean {
    return tables.every((table) => this.#grants(principal, table, 'Read').length > 0)
  }

  #isGranted(user: string, record: Kept, right: AccessRight): boolean {
    const grants = this.#grants(user, record.table, right)
    if (grants.length === 0) return false
    const principals = this.#principals(user).map(({ id }) => id)
    if (principals.includes(record.owner)) return true
    if (grants.some(({ depth, unit }) => this.#reaches(depth, unit, this.#unitOf(record.owner)))) return true
    return principals.some((id) => record.direct.get(id)?.has(right) || record.inherited.get(id)?.has(right))
  }

  #reaches(depth: Depth, from: string, unit: string): boolean {
    if (depth === 'Global') return true
    if (depth === 'Local') return from === unit
    if (depth !== 'Deep') return false
    for (let at: string | null | undefined = unit; at; at = this.world.units.find(({ id }) => id === at)?.parent)
      if (at === from) return true
    return false
  }

  #grants(principal: string, table: string, privilege: TablePrivilege): { depth: Depth; unit: string }[] {
    return this.#principals(principal).flatMap(({ unit, roles }) =>
      roles.flatMap((name) => {
        const tables = this.world.roles.find((role) => role.name === name)?.tables ?? {}
        const depth = (tables[table] ?? tables['*'])?.[privilege] ?? 'None'
        return DEPTHS.indexOf(depth) > 0 ? [{ depth, unit }] : []
      }),
    )
  }

  #principals(id: string): { id: string; unit: string; roles: string[] }[] {
    const { users, team } = this.world
    const user = users.find((each) => each.id === id)
    if (!user) return [team]
    return [user, ...(team.members.includes(id) ? [team] : [])]
  }

  #unitOf(owner: string): string {
    return this.world.users.find(({ id }) => id === owner)?.unit ?? this.world.team.unit
  }

  // ── What is shared ─────────────────────────────────────────────────────────────────────────────

  sharesOf(record: NaiveRecord): { principal: string; direct: AccessRight[]; inherited: AccessRight[] }[] {
    const { direct, inherited } = record as Kept
    const listed = (rights: Rights | undefined) => ACCESS_RIGHTS.filter((right) => rights?.has(right))
    return [...new Set([...direct.keys(), ...inherited.keys()])]
      .map((principal) => ({ principal, direct: listed(direct.get(principal)), inherited: listed(inherited.get(principal)) }))
      .filter((share) => share.direct.length + share.inherited.length > 0)
  }

  create(record: NaiveRecord): void {
    const kept = { ...record, direct: new Map(), inherited: new Map() }
    this.records.set(record.id, kept)
    if (record.parent !== null) this.#inheritFrom(kept, record.parent)
  }

  share(record: NaiveRecord, principal: string, rights: AccessRight[]): void {
    const kept = record as Kept
    kept.direct.set(principal, new Set([...(kept.direct.get(principal) ?? []), ...rights]))
    this.#walk(kept, true, (child) => this.#add(child, principal, rights))
  }

  unshare(record: NaiveRecord, principal: string): void {
    const kept = record as Kept
    kept.direct.delete(principal)
    this.#walk(kept, false, (child) => void this.#keepJustified(child, principal))
  }

  modify(record: NaiveRecord, principal: string, rights: AccessRight[]): void {
    const kept = record as Kept
    kept.direct.set(principal, new Set(rights))
    this.#walk(kept, true, (child) => {
      this.#keepJustified(child, principal)
      this.#add(child, principal, rights)
    })
  }

  reparent(record: NaiveRecord, parent: string): void {
    const kept = record as Kept
    if (kept.parent === parent) return
    const before = kept.parent === null ? [] : this.#grantsOf(kept.parent)
    kept.parent = parent
    for (const { principal } of before) this.#lose(kept, principal)
    this.#inheritFrom(kept, parent)
  }

  assign(record: NaiveRecord, owner: string): void {
    for (let level = [record as Kept]; level.length > 0; level = level.flatMap(({ id }) => this.#children(id))) {
      const previous = new Set(level.map((each) => each.owner))
      for (const each of level) each.owner = owner
      for (const before of previous)
        if (before !== owner) for (const each of level) for (const child of this.#children(each.id)) this.#lose(child, before)
    }
  }

  delete(record: NaiveRecord): void {
    for (const child of this.#children(record.id)) this.delete(child)
    this.records.delete(record.id)
  }

  tablesBelow(record: NaiveRecord): string[] {
    return [record.table, ...this.#children(record.id).flatMap((child) => this.tablesBelow(child))]
  }

  #children(id: string): Kept[] {
    return [...this.records.values()].filter(({ parent }) => parent === id)
  }

  /** Goes down the cascade of a share, which takes active tasks only, or of an unshare; parents come first. */
  #walk(root: Kept, isShare: boolean, act: (child: Kept) => void): void {
    for (let level = [root]; level.length > 0; ) {
      level = level.flatMap(({ id }) => this.#children(id)).filter((child) => !isShare || child.table !== 'task' || child.isActive)
      for (const child of level) act(child)
    }
  }

  #add(record: Kept, principal: string, rights: Iterable<AccessRight>): void {
    if (record.owner === principal) return
    record.inherited.set(principal, new Set([...(record.inherited.get(principal) ?? []), ...rights]))
  }

  #grantsOf(id: string): { principal: string; rights: AccessRight[] }[] {
    const of = this.records.get(id)
    if (!of) return []
    const shares = this.sharesOf(of).map(({ principal, direct, inherited }) => ({
      principal,
      rights: [...new Set([...direct, ...inherited])],
    }))
    return [{ principal: of.owner, rights: [...ACCESS_RIGHTS] }, ...shares]
  }

  #inheritFrom(record: Kept, parent: string): void {
    for (const { principal, rights } of this.#grantsOf(parent)) this.#addBelow(record, principal, rights)
  }

  #addBelow(record: Kept, principal: string, rights: AccessRight[]): void {
    if (record.owner === principal) return
    this.#add(record, principal, rights)
    for (const child of this.#children(record.id)) this.#addBelow(child, principal, rights)
  }

  #lose(record: Kept, principal: string): void {
    if (!this.#keepJustified(record, principal)) return
    for (const child of this.#children(record.id)) this.#lose(child, principal)
  }

  /** Keeps of an inherited right what the parent gives. Returns whether something was lost. */
  #keepJustified(record: Kept, principal: string): boolean {
    const had = record.inherited.get(principal)
    if (!had || had.size === 0) return false
    const parent = record.parent === null ? undefined : this.records.get(record.parent)
    const given = (right: AccessRight) =>
      parent !== undefined &&
      (parent.owner === principal || parent.direct.get(principal)?.has(right) || parent.inherited.get(principal)?.has(right))
    const kept = [...had].filter(given)
    record.inherited.set(principal, new Set(kept))
    return kept.length < had.size
  }
}
