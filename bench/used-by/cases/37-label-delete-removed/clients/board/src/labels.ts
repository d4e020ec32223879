import axios from 'axios';

const board = axios.create({ baseURL: 'https://board.acme.test/api' });

export class Labels {
  async all(): Promise<string[]> {
    return (await board.get<string[]>('/labels')).data;
  }

  async rename(id: string, name: string): Promise<void> {
    await board.patch(`/labels/${id}`, { name });
  }
}
