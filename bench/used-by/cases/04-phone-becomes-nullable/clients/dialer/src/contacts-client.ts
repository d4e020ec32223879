export interface Contact {
  id: string;
  displayName: string;
  phone: string;
}

export class ContactsClient {
  constructor(private readonly baseUrl = 'https://contacts.acme.test/api') {}

  async get(id: string): Promise<Contact> {
    const res = await fetch(`${this.baseUrl}/contacts/${id}`, { headers: { accept: 'application/json' } });
    if (!res.ok) throw new Error(`${res.status} for contact ${id}`);
    return (await res.json()) as Contact;
  }
}
