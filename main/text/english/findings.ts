import { defineTexts, messagesOf } from '../message.ts'

/** What an import reports about its sources: each text stands once, with a count and examples. */
export const findingTexts = defineTexts('finding', {
  further: 'Further findings of this kind',
  sourcesDiffer: 'Sources differ; what {counts} states counts, whichever came first',
  onePage: 'The file is one page of several (@odata.nextLink); the other pages were not given',
  fileNotRead: 'Files left out, because they look like metadata and are not: {reason}',
  noDataFile: 'A data schema without data.xml: only its tables are imported',

  processOff: 'Processes that are switched off are not listed',
  processOther: 'Business rules, dialogs, actions and process flows: they run on no cascade and are not listed',
  flowNotRead: 'Flows whose definition is missing or cannot be read',
  stepMessageUnknown: 'Plug-in steps that do not say on which message they run',

  namesRefused: 'Names that the platform does not allow (a letter first, then letters, digits, underscores; at most 128)',
  tableUnnamed: 'Tables without a name',
  tableWithoutLogicalName: 'Tables without a logical name',
  tableTwice: 'Tables listed twice in one source: their columns are united',
  intersectTable: 'Intersect tables: they are made from their many-to-many relationship',
  virtualTable: 'Virtual tables: the platform stores their rows elsewhere; here they are ordinary rows',
  ownershipAssumed: 'Ownership is not stated and read as {ownership}',
  schemaOnlyTable: 'Tables that only a data package lists',

  columnUnnamed: 'Columns without any name',
  columnTwice: 'Columns listed twice in one table; the last one counts',
  columnShadows: 'Columns that only shadow another one (AttributeOf)',
  columnTypeUnknown: 'Unknown column type "{type}" is kept as an opaque column',
  columnTypeFixed: 'Columns that are always {type}, listed as {listed}',
  lookupAdded: 'Relationships whose lookup column the table does not list: the column is added',
  lookupWithoutRelationship: 'Tables with lookups that belong to no relationship: the columns are kept, and nothing cascades through them',

  relationshipUnnamed: 'Relationships without a name',
  relationshipIncomplete: 'Relationships that do not name both tables and the lookup column',
  relationshipTypeUnknown: 'Relationships of the unknown type "{type}"',
  relationshipTwice: 'Relationships listed twice in one source with the same content',
  relationshipTwiceDiffers: 'Relationships listed twice in one source with different content; the last one counts',
  relationshipStatedTwice: 'Relationships listed twice with different content; what the last one states counts',
  manyToManyIncomplete: 'Many-to-many relationships that do not name both tables and the one between',
  cascadeUnknown: 'Unknown cascade value "{value}" is read as NoCascade',
  cascadeAssumed: '{action} is not stated and read as {type}',
  notHierarchical: 'Marked as hierarchical, but the tables differ: the mark has no meaning',
  severalParents: 'Tables with more than one parental relationship, which the platform refuses in its designer',
  schemaOnlyLookup: 'Lookups that only a data package lists: their cascades are unknown and read as none',

  dataOfUnnamedTable: 'Data of a table without a name',
  recordsOfRefusedTable: 'Records of tables whose names are not allowed',
  recordIdInvalid: 'Records whose id is not a GUID are left out',
  recordTwice: 'Records listed more than once; the last one counts',
  headingWithoutColumn: 'Headings that fit no column of {table}: their values are left out',
  rowTwice: 'Rows with the same GUID; the last one counts',
  rowIdInvalid: 'Ids that are no GUID: the row is a new record',
  stubRows: 'Rows of {table} that others point to and no package contains: created as stubs',
  linkOfOtherTable: 'Many-to-many links of a relationship that their table does not have',
  linkIncomplete: 'Many-to-many links without two GUIDs',

  valueUnnamed: 'Values without a column name',
  valueOfRefusedColumn: 'Values of columns whose names are not allowed',
  valueTooLong: 'Values longer than {most, number} characters (images, attachments)',
  valueLeftOut: 'Values left out: {problem}',
  lookupNoGuid: 'Values left out: a lookup that holds no GUID',
  lookupNoTable: 'Values left out: a lookup to a table that nobody states or that the column does not take',
  lookupDangling: 'Lookups to a GUID that no row has: kept as dangling lookups',
  polymorphicDangling: 'Polymorphic lookups that point to a missing row: kept as dangling lookups',
  lookupSeveral: 'Lookups left out: several rows have this name',
  lookupNone: 'Lookups left out: no row has this name or GUID',
  lookupNoRelationship: 'Lookups left out: no relationship says which table they point to',

  /** What is wrong with a value that is left out. */
  problem: {
    wholeNumber: 'not a whole number',
    decimalNumber: 'not a number with a decimal point',
    option: 'neither a number nor the label of an option',
    severalOptions: 'the label of several options',
    boolean: 'neither true nor false',
    numbers: 'not a list of numbers',
    date: 'not a date that is known (ISO, or US with the month first)',
    dateFormat: 'a date in an unknown format: more than 12 where the month should be',
    noSuchTime: 'a day or time that does not exist',
    guid: 'not a GUID',
  },
})

export const findingText = messagesOf(findingTexts)
