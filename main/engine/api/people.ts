import type { Principal, UserChange } from '../contract/security.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { changeUser } from '../operations/change-user.ts'
import type { Connection } from '../store/connection.ts'
import type { OwnerRow } from '../store/owners.ts'
import { findOwners, getUser } from '../store/owners.ts'
import { describeRow } from '../store/rows.ts'
import { change, method, userMethod } from './method.ts'

/** Who could act: asked before anybody does, and changed from outside, even where every user is disabled. */
export const peopleMethods = {
  /** Returns users and teams whose names contain the text, or the one that has it as its GUID. */
  findPrincipals: method({
    where: 'main',
    run: ({ session: { connection, model } }, search?: string): Principal[] =>
      findOwners(connection, search ?? '', 200).map((owner) => describeOwner(connection, model, owner)),
  }),

  /**
   * Returns a user, given by GUID or by a name that no other user has.
   * @throws INPUT_INVALID if there is no such user, NAME_AMBIGUOUS if several users have the name
   */
  getUser: method({
    where: 'main',
    run: ({ session: { connection, model } }, user: string): Principal => describeOwner(connection, model, getUser(connection, user)),
  }),

  /**
   * Disables or enables a user, removes one or adds the same one again, moves one to another business unit, or gives other roles. The user
   * is given by GUID or by an unshared name. Returns the tables whose records were changed.
   * @throws INPUT_INVALID for an unknown user or role, RECORD_NOT_FOUND for an unknown business unit
   */
  changeUser: change({
    where: 'main',
    run: ({ session }, name: string, given: UserChange): string[] =>
      session.connection.write(() => changeUser(session, getUser(session.connection, name), given)),
    announces: (tables) => [{ kind: 'records', tables }],
  }),
}

/** What a user is told of themselves. */
export const callerMethods = {
  /** Returns the user who calls. */
  whoAmI: userMethod({
    where: 'main',
    run: ({ session: { connection, model }, caller }): Principal => describeOwner(connection, model, caller),
  }),
}

export function describeOwner(
  connection: Connection,
  model: CompiledModel,
  { table, id, name, businessUnit, disabled }: OwnerRow,
): Principal {
  const unit = businessUnit === null ? null : describeRow(connection, model.table('businessunit'), businessUnit).name
  return { table, id, name, disabled, businessUnit: unit }
}
