import type { ColumnDefinition, OptionDefinition } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import { newColumn } from '../model/column.ts'
import { optionNumber } from '../model/option.ts'
import { lengthOf, requiredLevelOf } from '../model/value-limits.ts'
import type { Findings } from '../report/findings.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf, descendant, textOf } from '../xml/xml-element.ts'
import { columnTypeOf, isUnknownType } from './column-types.ts'

/** A column with what else its `attribute` element states. Source: import formats, section 3.2. */
export interface SolutionColumn {
  column: ColumnDefinition
  isPrimaryId: boolean
  isPrimaryName: boolean
  /** Name of the set that holds the options, where they are not on the column. */
  globalOptionSet: string | undefined
}

export function readColumn(element: XmlElement, table: string, findings: Findings): SolutionColumn | undefined {
  const physical = element.attributes.PhysicalName
  const logicalName = (textOf(element, 'LogicalName') ?? textOf(element, 'Name') ?? physical)?.toLowerCase()
  if (!logicalName) {
    findings.add('skipped', findingText.columnUnnamed, table)
    return undefined
  }
  const word = textOf(element, 'Type') ?? ''
  if (isUnknownType(word)) findings.add('note', findingText.columnTypeUnknown({ type: word }), `${table}.${logicalName}`)
  return {
    column: newColumn(logicalName, columnTypeOf(word), {
      displayName: descendant(element, 'displaynames', 'displayname')?.attributes.description ?? null,
      sourceType: sourceType(word, element),
      requiredLevel: requiredLevelOf(textOf(element, 'RequiredLevel')),
      maxLength: lengthOf(textOf(element, 'MaxLength')),
      options: readOptions(descendant(element, 'optionset')),
    }),
    isPrimaryId: word.toLowerCase() === 'primarykey',
    isPrimaryName: (textOf(element, 'DisplayMask') ?? '').split('|').some((flag) => flag.trim().toLowerCase() === 'primaryname'),
    globalOptionSet: textOf(element, 'OptionSetName')?.toLowerCase(),
  }
}

const CALCULATION = new Map([
  ['1', 'calculated'],
  ['2', 'roll-up'],
  ['3', 'formula'],
])

function sourceType(word: string, element: XmlElement): string {
  const calculation = CALCULATION.get(textOf(element, 'SourceType') ?? '')
  return calculation ? `${word} (${calculation})` : word
}

/** Reads the options, states or status reasons of an `optionset` element. */
export function readOptions(set: XmlElement | undefined): OptionDefinition[] {
  const found = [
    ...childrenOf(descendant(set, 'states'), 'state'),
    ...childrenOf(descendant(set, 'statuses'), 'status'),
    ...childrenOf(descendant(set, 'options'), 'option'),
  ]
  return found.flatMap((option) => {
    const value = Number(option.attributes.value)
    if (!Number.isInteger(value)) return []
    const label = descendant(option, 'labels', 'label')?.attributes.description ?? option.attributes.invariantname ?? null
    return [
      {
        value,
        label,
        ...optionNumber('state', option.attributes.state),
        ...optionNumber('defaultStatus', option.attributes.defaultstatus),
      },
    ]
  })
}
