import { describe, expect, it } from 'vitest';
import { membersOf, type Member } from '../../../../ingest/link/data/members.ts';
import { linkFrom } from '../link-fixture.ts';

const show = (members: ReadonlyMap<string, Member> | undefined): readonly string[] =>
  [...(members?.values() ?? [])].map(
    ({ name, id, optional }) => `${name}${optional ? '?' : ''} ${id?.replace('shop//code:src/types.ts#', '') ?? '-'}`,
  );

async function membersIn(code: string): Promise<(name: string) => readonly string[]> {
  const { keys } = await linkFrom({ 'src/types.ts': code }, []);
  const members = membersOf(keys);
  return (name) => show(members.of(`shop//code:src/types.ts#${name}`));
}

describe('members of types', () => {
  it('are those of bases too, under the ids that declare them', async () => {
    const of = await membersIn(`
export interface Stamped { createdAt: string }
export class Person implements Stamped { createdAt = ''; name: string; nick?: string; constructor(readonly age: number) {} }
export interface Driver extends Stamped { licence: string }
export class Boss extends Person { name: string; }
export interface Loop extends Loop { self: Loop }
export type Nothing = string;
`);
    expect(of('Driver')).toEqual(['createdAt Stamped.createdAt', 'licence Driver.licence']);
    expect(of('Boss')).toEqual(['createdAt Person.createdAt', 'name Boss.name', 'nick? Person.nick', 'age Person.age']);
    expect(of('Loop')).toEqual(['self Loop.self']);
    expect(of('Nothing')).toEqual([]);
    expect(of('Missing')).toEqual([]);
  });

  it('are what Pick, Omit, Partial and the functions called so leave', async () => {
    const of = await membersIn(`
import { PartialType, OmitType, PickType } from '@nestjs/swagger';
export class User { id: number; email: string; password: string; }
export class CreateUser extends OmitType(User, ['id'] as const) {}
export class UpdateUser extends PartialType(CreateUser) { reason: string; }
export class Login extends PickType(User, ['email', 'password']) {}
export type Shown = Omit<User, 'password'>;
export type Key = Pick<User, 'id'> & { tenant: string };
export type Patch = Partial<User>;
`);
    expect(of('CreateUser')).toEqual(['email User.email', 'password User.password']);
    expect(of('UpdateUser')).toEqual(['email? User.email', 'password? User.password', 'reason UpdateUser.reason']);
    expect(of('Login')).toEqual(['email User.email', 'password User.password']);
    expect(of('Shown')).toEqual(['id User.id', 'email User.email']);
    expect(of('Key')).toEqual(['id User.id', 'tenant -']);
    expect(of('Patch')).toEqual(['id? User.id', 'email? User.email', 'password? User.password']);
  });

  it('are the entries of schemas, whose constant stands for them', async () => {
    const of = await membersIn(`
import { z } from 'zod';
import Joi from 'joi';
export const address = z.object({ street: z.string(), zip: z.string().optional() });
export const order = z.object({ id: z.number(), ship: address, lines: z.array(z.object({ sku: z.string() })) }).strict();
export const patch = order.partial().omit({ id: true });
export const wide = order.extend({ note: z.string().default('') });
export type Order = z.infer<typeof order>;
export const joi = Joi.object({ name: Joi.string().required() });
export const plain = { a: 'b-c' };
`);
    expect(of('address')).toEqual(['street address', 'zip? address']);
    expect(of('order')).toEqual(['id order', 'ship order', 'lines order']);
    expect(of('patch')).toEqual(['ship? patch', 'lines? patch'].map((text) => text.replace('patch', 'order')));
    expect(of('wide')).toEqual(['id order', 'ship order', 'lines order', 'note? wide']);
    expect(of('Order')).toEqual(['id order', 'ship order', 'lines order']);
    expect(of('joi')).toEqual(['name joi']);
    expect(of('plain')).toEqual([]);
  });

  it('does not take the members of what a repository holds for its own', async () => {
    const of = await membersIn(`
import { Repository } from 'typeorm';
export class User { email: string; }
export class Users extends Repository<User> { table: string; }
`);
    expect(of('Users')).toEqual(['table Users.table']);
  });
});
