const MAX_TITLE = 200;

export class TodoEditor {
  constructor(private readonly api = 'https://todo.acme.test') {}

  async rename(id: string, title: string): Promise<void> {
    if (title.length > MAX_TITLE) throw new RangeError(`at most ${MAX_TITLE} characters`);
    await this.patch(id, { title });
  }

  private async patch(id: string, change: { title?: string; done?: boolean }): Promise<void> {
    const res = await fetch(`${this.api}/todos/${id}`, { method: 'PATCH', body: JSON.stringify(change) });
    if (!res.ok) throw new Error(String(res.status));
  }
}
