import { ContactsClient } from './contacts-client.js';

export class Dialer {
  private readonly contacts = new ContactsClient();

  async dial(contactId: string): Promise<string> {
    const contact = await this.contacts.get(contactId);
    return `tel:${contact.phone.replace(/\s+/g, '')}`;
  }
}
