import { defineTexts, messagesOf } from '#text/message'

export const modelTexts = defineTexts('model', {
  title: 'Model',
  goTo: 'Go to Model',
  search: { tables: 'Tables', relationships: 'Relationships' },
  sentence:
    '{tables, plural, one {# table} other {# tables}} and {relationships, plural, one {# relationship} other {# relationships}}. Open a table to see how each action flows to its children.',
  notRead: 'The model could not be read',
  tryAgain: 'Try again',
  loading: 'Loading the model',
  unknownTable: 'This table is not in the model',
  unknownTableHint: 'It may belong to another environment.',
  importSolution: 'Import a solution',
  list: {
    search: 'Search tables',
    which: 'Which tables',
    found: '{count, plural, one {# table} other {# tables}}',
    tables: 'Tables',
    none: 'No tables yet',
    noneHint: 'Import a solution to bring its tables and relationships here.',
    noMatch: 'No table matches',
    noMatchHint: 'Try a part of the display name or the logical name.',
    table: 'Table',
    logicalName: 'Logical name',
    ownership: 'Ownership',
    columns: 'Columns',
    asParent: 'As parent',
    asChild: 'As child',
    records: 'Records',
  },
  filter: {
    business: 'Without system tables',
    all: 'All tables',
    stubs: 'Stubs only',
    withRecords: 'With records',
  },
  ownership: {
    UserOwned: 'User or team',
    OrganizationOwned: 'Organization',
    BusinessOwned: 'Business unit',
    None: 'None',
  },
  /** The origin of a table or relationship, where it is unusual. */
  mark: {
    stub: { word: 'stub', why: 'Others refer to it and nobody has defined it yet.' },
    standard: { word: 'standard', why: "From the platform's own tables." },
    system: { word: 'system', why: 'Part of every environment.' },
  },
  table: {
    mergeable: 'mergeable',
    mergeableHint: 'Two rows of this table can be merged.',
    activity: 'activity',
    /** `account, owned by a user or team.` */
    owned: {
      UserOwned: '<name>{table}</name>, owned by a user or team.',
      OrganizationOwned: '<name>{table}</name>, owned by the organization: it has no owner, and assign and share pass it by.',
      BusinessOwned: '<name>{table}</name>, owned by a business unit.',
      None: '<name>{table}</name>, without an owner.',
    },
    isStub: 'It is a stub: {reason}',
    order: 'Order of execution',
    openRecords: 'Open {count, plural, one {# record} other {# records}}',
    parts: 'Parts of the table',
    part: {
      children: 'As parent {count, number}',
      parents: 'As child {count, number}',
      columns: 'Columns {count, number}',
      manyToMany: 'N:N {count, number}',
      processes: 'What else runs {count, number}',
    },
  },
  processes: {
    none: 'Nothing else runs on this table',
    noneHint: 'Workflows, flows and plug-in steps of imported solutions are listed here. They run on the platform and never here.',
    notRead: 'The workflows, flows and steps could not be read',
    label: 'What else runs on the platform',
    name: 'Process',
    trigger: 'Trigger',
    columns: 'Columns',
    solution: 'Solution',
    anyColumn: 'any',
    asynchronous: 'asynchronous',
    kind: {
      workflow: { Sync: 'real-time workflow', Async: 'background workflow' },
      flow: { Sync: 'flow', Async: 'flow' },
      step: { Sync: 'plug-in step', Async: 'plug-in step' },
    },
  },
  columns: {
    none: 'No columns known',
    noneHint: 'The source names this table without its columns.',
    label: 'Columns',
    column: 'Column',
    primaryKey: 'primary key',
    primaryName: 'primary name',
    logicalName: 'Logical name',
    type: 'Type',
    required: 'Required',
    isRequired: 'required',
    choices: 'Choices',
    listedChoices: '{count, plural, one {# choice} other {# choices}}: {labels}',
  },
  manyToMany: {
    none: 'No N:N relationships',
    noneHint: 'N:N relationships have no cascade settings; their links go with a deleted row.',
    label: 'N:N relationships',
    other: 'Other table',
    relationship: 'Relationship',
    intersect: 'Intersect table',
  },
  relationships: {
    label: 'Relationships',
    noChildren: 'No table points to this one',
    noChildrenHint: 'Nothing is carried along when a row is assigned, deleted or merged.',
    noParents: 'This table points to no other',
    noParentsHint: 'Its rows are carried along by no other.',
    child: 'Child table',
    parent: 'Parent table',
    relationship: 'Relationship',
    hierarchical: 'hierarchical',
    ownership: 'ownership',
    ownershipHint: 'Kept and shown; no cascade travels it.',
    behavior: 'Type of behavior',
  },
  relationship: {
    label: 'Relationship',
    direction:
      '<parent>{parentTable}</parent> <quiet>is the parent of</quiet> <child>{childTable}</child> <quiet>through</quiet> <column>{attribute}</column>',
    ownership: 'Says who owns a row. It is kept and shown; no cascade travels it.',
    behavior: 'Type of behavior',
    saved: 'Saved {relationship}',
    notChanged: 'The relationship was not changed',
    save: 'Save relationship',
    discard: 'Discard changes',
    changedActions: '{actions} changed',
    changed: 'changed',
    assumed: 'assumed',
    assumedHint: 'The source does not state this value.',
    assumedAside: ' (assumed)',
    setting: '{action}: {type}',
    assumedSetting: '{action}: {type}. Assumed: the source does not state it.',
  },
  preset: {
    Parental: 'Parental',
    Referential: 'Referential',
    RestrictDelete: 'Referential, Restrict Delete',
    Custom: 'Custom',
  },
  /** For narrow cells, where the column already says "cascade". */
  shortType: {
    NoCascade: 'None',
    Cascade: 'All',
    Active: 'Active',
    UserOwned: 'User Owned',
    RemoveLink: 'Remove Link',
    Restrict: 'Restrict',
  },
  fixed: {
    Merge: 'Fixed by the parent table: Cascade All where it can be merged, else Cascade None.',
    Archive: 'For internal use of the platform.',
  },
  /** What each action on a parent does to its children. Names are display names; the platform has plural ones, a model often has not. */
  explain: {
    Assign: {
      stays: 'Assigning {article, select, an {an} other {a}} {parent} leaves its {child} records with their owners.',
      flows:
        'Assigning {article, select, an {an} other {a}} {parent} assigns {which, select, Cascade {its {child} records} Active {its {child} records that are active} UserOwned {its {child} records that have the same owner} other {{child} records}} to the new owner too.',
    },
    Delete: {
      restrict: '{article, select, an {An} other {A}} {parent} cannot be deleted while {child} records point to it.',
      removeLink: 'Deleting {article, select, an {an} other {a}} {parent} keeps its {child} records and empties their {attribute}.',
      stays: 'Deleting {article, select, an {an} other {a}} {parent} does nothing to its {child} records.',
      flows:
        'Deleting {article, select, an {an} other {a}} {parent} deletes {which, select, Cascade {its {child} records} Active {its {child} records that are active} UserOwned {its {child} records that have the same owner} other {{child} records}}.',
    },
    Merge: {
      stays: 'Merging {article, select, an {an} other {a}} {parent} away leaves its {child} records pointing to it.',
      flows:
        'Merging {article, select, an {an} other {a}} {parent} away moves {which, select, Cascade {its {child} records} Active {its {child} records that are active} UserOwned {its {child} records that have the same owner} other {{child} records}} to the record that stays.',
    },
    Reparent: {
      stays: "Moving {child} records to another {parent} changes nobody's access.",
      flows:
        'When the {parent} of a {child} changes, access that comes from the parent is worked out anew for {which, select, Cascade {its {child} records} Active {its {child} records that are active} UserOwned {its {child} records that have the same owner} other {{child} records}}.',
    },
    Share: {
      stays: 'Sharing {article, select, an {an} other {a}} {parent} does not share its {child} records.',
      flows:
        'Sharing {article, select, an {an} other {a}} {parent} shares {which, select, Cascade {its {child} records} Active {its {child} records that are active} UserOwned {its {child} records that have the same owner} other {{child} records}}.',
    },
    Unshare: {
      stays: 'Ending a share of {article, select, an {an} other {a}} {parent} leaves shares of its {child} records.',
      flows:
        'Ending a share of {article, select, an {an} other {a}} {parent} also ends it for {which, select, Cascade {its {child} records} Active {its {child} records that are active} UserOwned {its {child} records that have the same owner} other {{child} records}}.',
    },
    RollupView: {
      stays: 'Associated views of {article, select, an {an} other {a}} {parent} do not list activities of its {child} records.',
      flows:
        'Associated views of {article, select, an {an} other {a}} {parent} also list activities of {which, select, Cascade {its {child} records} Active {its {child} records that are active} UserOwned {its {child} records that have the same owner} other {{child} records}}.',
    },
    Archive: {
      stays: 'Long-term retention of {article, select, an {an} other {a}} {parent} does not touch its {child} records.',
      flows: 'Long-term retention of {article, select, an {an} other {a}} {parent}: {type} for its {child} records.',
    },
  },
})

export const modelText = messagesOf(modelTexts)
