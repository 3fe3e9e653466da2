/** Shows the keys that do something, for instance `Ctrl+K`. Keys have the same names in every language. */
export const Keys = ({ keys }: { keys: string }) => <kbd className="ui-keys">{keys}</kbd>
