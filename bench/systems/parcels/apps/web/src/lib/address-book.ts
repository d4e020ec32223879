/** Kept in the browser only; never sent. */
export interface Contact {
  recipientName: string;
  recipientEmail: string;
  city: string;
}

const KEY = 'parcels.contacts';

export function loadContacts(): Contact[] {
  return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Contact[];
}

export function saveContact(contact: Contact): void {
  const others = loadContacts().filter((known) => known.recipientEmail !== contact.recipientEmail);
  localStorage.setItem(KEY, JSON.stringify([...others, contact]));
}
