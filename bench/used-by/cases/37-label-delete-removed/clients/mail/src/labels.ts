import axios from 'axios';

const mail = axios.create({ baseURL: 'https://api.mail-vendor.test' });

export async function deleteLabel(id: string): Promise<void> {
  await mail.delete(`/labels/${id}`);
}
