export interface Entity {
  readonly id: string;
}

/** Where entities of one type are kept. */
export interface Repository<T extends Entity> {
  find(id: T['id']): Promise<T | undefined>;
  save(entity: T): Promise<T>;
}

export class InMemoryRepository<T extends Entity> implements Repository<T> {
  private readonly entities = new Map<T['id'], T>();

  constructor(initial: Iterable<T> = []) {
    for (const entity of initial) this.entities.set(entity.id, entity);
  }

  async find(id: T['id']): Promise<T | undefined> {
    return this.entities.get(id);
  }

  async save(entity: T): Promise<T> {
    this.entities.set(entity.id, entity);
    return entity;
  }
}
