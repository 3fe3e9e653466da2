import { defineTexts, messagesOf } from '../message.ts'

/** What does not fit into the model of tables and relationships. */
export const schemaTexts = defineTexts('schema', {
  relationshipUnknown: 'There is no relationship "{relationship}".',
  manyToManyUnknown: 'There is no N:N relationship "{relationship}".',
  endUnknown: 'Relationship {relationship} names the table "{table}", which does not exist.',
  relationshipNumberUnknown: 'There is no relationship number {relationship}.',

  typeNotAllowed: '{relationship}: {type} is not a valid type for {action}; valid are {types}.',
  notMergeable: '{relationship}: Merge cannot be Cascade, because rows of {table} cannot be merged; use NoCascade.',
  userOwnedNeedsOwners: '{relationship}: {action} cannot be UserOwned, because {table} is not user-owned.',
  reparentNeedsOwners: '{relationship}: Reparent cannot be {type}, because {table} is not user-owned; use NoCascade.',
  lookupRequired: '{relationship}: Delete cannot be RemoveLink, because {column} is required; use Cascade or Restrict.',
  customOverPlatform:
    '{relationship}: the custom table {parent} cannot be the parental parent of {child}, a table of the platform; use Referential.',
  secondParent:
    '{relationship}: {child} already has a parental relationship, {first}; a table may have one, or one for each target of a polymorphic lookup.',
  parentalCircle: '{relationship}: {parent} is already below {child} by parental relationships; another one back to it would form a cycle.',
})

export const schemaText = messagesOf(schemaTexts)
