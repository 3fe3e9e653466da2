import type { GenerateRule } from '#engine/contract/transfer'

/** The input of the form. Every field keeps its value while another kind of rule is chosen. */
export interface GenerateDraft {
  table: string
  shape: 'count' | 'per' | 'chain'
  count: number
  /** Schema name of the relationship that links to each parent, or each to the next. */
  relationship: string
  perParent: number
  owners: string[]
  /** Per cent of rows for each state code; empty: all active. */
  states: Record<number, number>
}

interface Link {
  referenced: string
  attribute: string
}

/** Returns the rule for the host, or null while the draft is incomplete. */
export function ruleOf(draft: GenerateDraft, link: Link | undefined): GenerateRule | null {
  const { table, shape, count, perParent, owners, states } = draft
  if (table === '') return null
  const shares = Object.entries(states).filter(([, percent]) => percent > 0)
  const total = shares.reduce((sum, [, percent]) => sum + percent, 0)
  const common = {
    table,
    ...(owners.length === 0 ? {} : { owners }),
    ...(shares.length === 0 ? {} : { states: Object.fromEntries(shares.map(([state, percent]) => [Number(state), percent / total])) }),
  }
  if (shape === 'count') return count >= 1 ? { ...common, count } : null
  if (link === undefined) return null
  if (shape === 'chain') return count >= 1 ? { ...common, chain: count, attribute: link.attribute } : null
  return perParent >= 1 ? { ...common, per: link.referenced, attribute: link.attribute, count: perParent } : null
}

export const rowsOf = (draft: GenerateDraft, parents: number): number => (draft.shape === 'per' ? draft.perParent * parents : draft.count)
