import { defineTexts, messagesOf } from '../message.ts'

/** What is wrong with a plug-in's definition, and what would be right. `{field}` is the path of a field: `steps[2].stage`. */
export const manifestTexts = defineTexts('manifest', {
  inFile: '{file}: {problem}',
  inLine: '{file}, line {line}: {problem}',
  allowed: '{problem} Allowed: {words}.',
  didYouMean: '{problem} Did you mean "{word}"?',
  heldTwice: '{source} holds "{file}" twice.',
  entryMissing: '{source} does not hold its entry "{entry}".',

  shown: {
    missing: 'missing',
    nullOrFunction: 'null, or a function',
    list: 'a list',
    object: 'an object',
  },
  noDefinition: 'The default export is {shown}. It is an object with the fields {fields}.',
  definitionHint: 'Write: {code}',
  notAnObject: '{field} is {shown}, not an object.',
  unknownField: '{field} is not a known field.',
  textMissing: '{field} is missing. It is a text.',
  notAText: '{field} is {shown}. It is a text.',
  notAList: '{field} is {shown}. It is a list.',
  missing: '{field} is missing.',
  isNot: '{field} is {shown}.',

  name: '{field} is "{name}". A name has 1 to 100 letters, digits, spaces, or any of - _ . @ /.',
  version: '{field} is a text of 1 to 100 characters, for instance "1.0.0".',
  apiVersion: '{field} is {shown}. This version of Cascade Workbench knows apiVersion 1.',
  tooManySteps: '{field} lists more than {most, number} steps.',
  stepsMissing: '{field} is missing. It lists the steps of the plug-in.',
  handlerMissing: '{field} is missing. It is a function that gets the context of the step.',
  announcementStage: '{field} is "{stage}". Steps on {message} are PostOperation: the job has ended by then.',
  announcementMode: '{field} is "{mode}". Steps on {message} are Async: there is no transaction that they could take part in.',
  asyncStage: '{field} is "Async" in {stage}. Asynchronous steps run after the commit, in PostOperation only.',
  announcementTable: '{field} is "{table}". {message} is about a job and has no table: leave it out.',
  tableUnknown: '{field} is "{table}", which is not a table of this environment. It takes a logical name.',
  rank: '{field} is {shown}. It is a whole number; the default is 1.',
  filterNeedsUpdate: '{field} does not go with {message}: only Update says which columns are in the request. Leave it out.',
  filterEmpty: '{field} is empty, so that the step would never run. Name a column, or leave it out.',
  image: '{field} is {shown}. It is a list of columns, or true for all of them.',
  imageOfAnnouncement: '{field} does not go with {message}, which has no record. Leave it out.',
  imageBeforeCreate: '{field} does not go with Create: there is no row before it. Leave it out.',
  imageAfterDelete: '{field} does not go with Delete: there is no row after it. Use preImage.',
  imageTooEarly: '{field} does not go with {stage}: the row has not changed yet. Move the step to PostOperation, or leave it out.',
  columnNotText: '{field} is not a text. It is the logical name of a column.',
  columnUnknown: '{field} is "{column}", which is not a column of {table}.',
  columnOfNoTable: '{field} is "{column}", which is not a column of any table.',
  runAs: '{field} is "{user}", which is not a user of this environment. It is CallingUser, System, or the full name of a user.',
})

export const manifestText = messagesOf(manifestTexts)
